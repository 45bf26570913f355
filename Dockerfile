# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
# Packages first, so that a change of the sources does not install them again.
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma/schema.prisma prisma/
COPY tools/setup tools/setup
RUN node tools/setup/prepare.mjs packages
COPY . .
RUN node tools/setup/prepare.mjs start && rm -rf .next/cache .cache

FROM node:24-slim
ENV NODE_ENV=production \
	NEXT_TELEMETRY_DISABLED=1 \
	HOST=0.0.0.0 \
	PORT=8090 \
	LLMPROXY_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app /app
# Database, journal and master key. The sources stay root's, so that the server cannot change itself.
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 8090
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` does once everything is built; without npm in between, signals arrive. A larger young
# generation lets requests end before their objects are looked at by the garbage collector.
CMD ["node_modules/.bin/node", "--min-semi-space-size=16", "server.ts"]
