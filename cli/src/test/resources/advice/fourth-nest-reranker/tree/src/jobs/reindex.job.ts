import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { HubService } from '../hub/hub.service';

@Injectable()
export class ReindexJob {
  constructor(private readonly hub: HubService) {}

  @Cron('0 3 * * *')
  async run() {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const counts = new Map<string, number>();
    for await (const text of this.hub.queriesOf(day)) {
      for (const line of text.split('\n').filter(Boolean)) {
        const { q } = JSON.parse(line) as { q: string };
        counts.set(q, (counts.get(q) ?? 0) + 1);
      }
    }
    const bytes = new TextEncoder().encode(JSON.stringify([...counts]));
    await this.hub.publishIndex(bytes, day);
  }
}
