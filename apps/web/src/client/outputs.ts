import type { AppRouter } from '@clipmeter/api/app-router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

type Outputs = inferRouterOutputs<AppRouter>;

export type AlertRow = Outputs['notifications']['list']['items'][number];
export type CampaignInput = inferRouterInputs<AppRouter>['campaigns']['create'];
export type AuditEntry = Outputs['audit']['list']['items'][number];
export type CampaignList = Outputs['campaigns']['list'];
export type CampaignCard = CampaignList['items'][number];
export type CampaignPage = Outputs['campaigns']['byId'];
export type CampaignPreview = Outputs['campaigns']['preview'];
export type ClipList = Outputs['campaigns']['clips'];
export type ClipRow = ClipList['items'][number];
export type Chart = Outputs['campaigns']['chart'];
export type Marks = Outputs['campaigns']['marks'];
export type PlatformStatus = Outputs['platforms']['status']['platforms'][number];
export type ClipPage = Outputs['clips']['byId'];
export type StatementLine = Outputs['clips']['statement']['items'][number];
export type OwnClip = Outputs['me']['clips']['items'][number];
export type ReviewItem = Outputs['review']['queue']['items'][number];
export type ReviewedSubmission = Outputs['review']['submission'];
export type Decision = Outputs['review']['decisions']['items'][number];
export type Summary = Outputs['me']['summary'];
export type TrackerOverview = Outputs['tracker']['overview'];
export type Viewer = NonNullable<Outputs['session']['viewer']['viewer']>;
