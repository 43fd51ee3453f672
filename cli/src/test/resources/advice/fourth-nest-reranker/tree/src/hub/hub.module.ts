import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { HubService } from './hub.service';

@Module({ imports: [ConfigModule], providers: [HubService], exports: [HubService] })
export class HubModule {}
