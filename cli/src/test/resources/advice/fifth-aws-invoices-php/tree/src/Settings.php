<?php

declare(strict_types=1);

namespace Acme\Invoices;

final readonly class Settings
{
    private function __construct(public string $region, public string $bucket, public string $queue)
    {
    }

    public static function fromEnvironment(): self
    {
        return new self($_ENV['AWS_REGION'] ?? 'eu-central-1', $_ENV['INVOICE_BUCKET'], $_ENV['MAIL_QUEUE']);
    }
}
