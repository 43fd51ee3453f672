import { SIZES } from "./config.js";
import { original, store } from "./images.js";
import { noteThumbnails } from "./photos.js";
import { done, nextJobs } from "./queue.js";

let running = true;
process.on("SIGTERM", () => (running = false));

while (running) {
  for (const job of await nextJobs()) {
    try {
      const image = await original(job.key);
      const names = await Promise.all(SIZES.map((width) => store(job.key, image, width)));
      await noteThumbnails(job.photoId, names);
      await done(job);
    } catch (error) {
      console.error({ photoId: job.photoId, error });
    }
  }
}
