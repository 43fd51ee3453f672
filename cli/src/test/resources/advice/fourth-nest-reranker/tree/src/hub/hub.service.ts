import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { downloadFile, listFiles, uploadFile } from '@huggingface/hub';
import { MAX_RETRIES, QUERY_LOGS, RERANK_INDEX, RERANK_URL } from './hub.constants';

export interface Scored {
  index: number;
  score: number;
}

@Injectable()
export class HubService {
  private readonly log = new Logger(HubService.name);
  private readonly accessToken: string;

  constructor(config: ConfigService) {
    this.accessToken = config.getOrThrow<string>('HF_TOKEN');
  }

  /** All log files of one day, oldest first. */
  async *queriesOf(day: string): AsyncGenerator<string> {
    const files = listFiles({
      repo: QUERY_LOGS,
      path: `days/${day}`,
      recursive: true,
      accessToken: this.accessToken,
    });
    for await (const file of files) {
      if (file.type !== 'file' || !file.path.endsWith('.jsonl')) continue;
      const blob = await downloadFile({
        repo: QUERY_LOGS,
        path: file.path,
        accessToken: this.accessToken,
      });
      if (!blob) {
        this.log.warn(`vanished: ${file.path}`);
        continue;
      }
      yield await blob.text();
    }
  }

  async publishIndex(bytes: Uint8Array, version: string): Promise<void> {
    await uploadFile({
      repo: RERANK_INDEX,
      file: { path: `index/${version}.bin`, content: new Blob([bytes]) },
      commitTitle: `index ${version}`,
      accessToken: this.accessToken,
    });
  }

  async rerank(query: string, texts: string[]): Promise<Scored[]> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${RERANK_URL}/rerank`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${this.accessToken}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ query, texts, truncate: true }),
      });
      if (response.ok) return (await response.json()) as Scored[];
      // 503 while the endpoint scales up from zero
      if (response.status !== 503 || attempt >= MAX_RETRIES) {
        throw new Error(`rerank: HTTP ${response.status}`);
      }
      await new Promise((r) => setTimeout(r, 2 ** attempt * 1000));
    }
  }
}
