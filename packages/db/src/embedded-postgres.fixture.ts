import { startEmbeddedPostgres } from '#src/embedded-postgres.ts';

/** A program that wants a database and can be killed: `node embedded-postgres.fixture.ts DATA_DIR PORT PASSWORD`. */
const [dataDir = '', port, password = ''] = process.argv.slice(2);
const { url } = await startEmbeddedPostgres({ dataDir, port: Number(port), password });
process.send?.(url);
setInterval(() => {}, 1_000);
