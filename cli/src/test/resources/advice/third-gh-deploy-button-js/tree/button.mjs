import { readFile } from "node:fs/promises";
import { Gpio } from "onoff";
import { deploy, mark, title } from "./deploy.mjs";

const button = new Gpio(Number(process.env.BUTTON_PIN), "in", "rising", { debounceTimeout: 50 });

console.log(`the red button deploys ${title}`);

button.watch(async (error) => {
  if (error) throw error;
  const sha = (await readFile("/run/deploy-button/next", "utf8")).trim();
  try {
    await mark(sha, "pending", "somebody pressed the button");
    await deploy(sha, "production");
  } catch (e) {
    await mark(sha, "error", String(e.message).slice(0, 140));
  }
});
