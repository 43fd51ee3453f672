import { Body, Controller, Post } from '@nestjs/common';
import { HubService } from '../hub/hub.service';

interface SearchBody {
  query: string;
  candidates: string[];
}

@Controller('search')
export class SearchController {
  constructor(private readonly hub: HubService) {}

  @Post('rerank')
  async rerank(@Body() body: SearchBody) {
    const scored = await this.hub.rerank(body.query, body.candidates.slice(0, 50));
    return scored.sort((a, b) => b.score - a.score).map((s) => body.candidates[s.index]);
  }
}
