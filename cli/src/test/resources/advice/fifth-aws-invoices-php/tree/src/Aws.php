<?php

declare(strict_types=1);

namespace Acme\Invoices;

use Aws\Credentials\Credentials;
use Aws\Sdk;

final class Aws
{
    public static function sdk(Settings $settings): Sdk
    {
        return new Sdk([
            'region' => $settings->region,
            'version' => 'latest',
            'credentials' => new Credentials($_ENV['AWS_ACCESS_KEY_ID'], $_ENV['AWS_SECRET_ACCESS_KEY']),
        ]);
    }
}
