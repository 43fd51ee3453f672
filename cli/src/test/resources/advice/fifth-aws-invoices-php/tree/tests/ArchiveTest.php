<?php

declare(strict_types=1);

use Acme\Invoices\Mails;
use Aws\MockHandler;
use Aws\Result;
use Aws\Sqs\SqsClient;
use PHPUnit\Framework\TestCase;

final class ArchiveTest extends TestCase
{
    public function testMailIsQueued(): void
    {
        $mock = new MockHandler([new Result([])]);
        $sqs = new SqsClient(['region' => 'eu-central-1', 'handler' => $mock, 'credentials' => false]);
        (new Mails($sqs, 'https://queue.test/1/q'))->send('a@b.example', 'https://link.test');
        self::assertCount(0, $mock);
    }
}
