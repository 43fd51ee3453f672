import { WebClient } from '@slack/web-api';

const web = new WebClient(process.env.SLACK_BOT_TOKEN);

export async function shout(text: string): Promise<void> {
  if (!process.env.SLACK_BOT_TOKEN) return console.log(text);
  await web.chat.postMessage({ channel: process.env.SLACK_CHANNEL ?? '#ship', text });
}
