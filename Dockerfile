# One image for web, tracker and migration, and one for the proxy: docker-compose.yml says which runs where.
FROM node:26-slim AS build
WORKDIR /checkout
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY . .
RUN npm run bundle

# The reverse proxy with its configuration, as a user of its own who owns its certificates.
FROM caddy:2 AS proxy
COPY deploy/Caddyfile /etc/caddy/Caddyfile
RUN chown -R 1000:1000 /data /config
USER 1000:1000

# Only what the bundle holds: no checkout, no npm packages beside it.
FROM node:26-slim AS app
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 NEXT_TELEMETRY_DISABLED=1
COPY --from=build /checkout/dist/bundle .
USER node
CMD ["node", "tracker.mjs"]
