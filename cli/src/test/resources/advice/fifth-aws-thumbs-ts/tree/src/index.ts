import { config } from './config';
import { begin, end } from './jobs';
import { original, originals } from './originals';
import { thumb } from './thumbs';

async function main(prefix: string): Promise<void> {
  for await (const key of originals(prefix)) {
    await begin(key);
    const image = await original(key);
    await end(key, await Promise.all(config.widths.map((width) => thumb(key, image, width))));
  }
}

main(process.argv[2] ?? '').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
