# One image for web, tracker and the preparation of the database; docker-compose.yml says which runs where.
FROM node:26-slim
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY . .
RUN npm ci --ignore-scripts \
  && node packages/db/src/generate-client.ts \
  && npx turbo run build --filter=@clipmeter/web
ENV NODE_ENV=production HOST=0.0.0.0
USER node
CMD ["node", "apps/tracker/src/main.ts"]
