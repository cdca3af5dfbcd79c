'use client';

import { Button } from '@clipmeter/ui/button';
import { Dialog } from '@clipmeter/ui/dialog';
import type { ReactNode } from 'react';

interface ActDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the act and the campaign. */
  title: string;
  /** What follows, first of all for pending money. */
  description: ReactNode;
  /** The act in words, with its amount. */
  confirm: string;
  keep: string;
  isFinal?: boolean;
  /** Why it cannot be done as it stands. */
  blocked?: string | undefined;
  pending: boolean;
  error: string | undefined;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks once, says what follows, and shows progress until the server has answered. */
export function ActDialog(props: ActDialogProps) {
  const { open, onOpenChange, title, description, confirm, keep, isFinal = false, blocked } = props;
  const { pending, error, onConfirm, children } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={<div className="flex flex-col gap-2">{description}</div>}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{keep}</Button>
          <Button
            tone={isFinal ? 'danger' : 'primary'}
            pending={pending}
            disabled={blocked !== undefined}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {blocked === undefined ? null : <p className="mt-3 text-[0.8125rem] text-faint">{blocked}</p>}
      {error === undefined ? null : (
        <p role="alert" className="mt-3 text-bad text-sm">
          {error}
        </p>
      )}
    </Dialog>
  );
}
