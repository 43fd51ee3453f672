<?php

declare(strict_types=1);

namespace Acme\Invoices;

use Aws\Sqs\SqsClient;

final class Mails
{
    public function __construct(private readonly SqsClient $sqs, private readonly string $queue)
    {
    }

    public function send(string $to, string $link): void
    {
        $this->sqs->sendMessage([
            'QueueUrl' => $this->queue,
            'MessageBody' => json_encode(['to' => $to, 'link' => $link], JSON_THROW_ON_ERROR),
        ]);
    }
}
