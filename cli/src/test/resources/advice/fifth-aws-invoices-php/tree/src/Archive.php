<?php

declare(strict_types=1);

namespace Acme\Invoices;

use Aws\S3\Exception\S3Exception;
use Aws\S3\S3Client;

final class Archive
{
    public function __construct(private readonly S3Client $s3, private readonly Settings $settings)
    {
    }

    public function put(string $number, string $pdf): void
    {
        $this->s3->putObject([
            'Bucket' => $this->settings->bucket,
            'Key' => $this->key($number),
            'Body' => $pdf,
            'ContentType' => 'application/pdf',
            'ServerSideEncryption' => 'AES256',
        ]);
    }

    public function get(string $number): ?string
    {
        try {
            $found = $this->s3->getObject(['Bucket' => $this->settings->bucket, 'Key' => $this->key($number)]);
            return (string) $found['Body'];
        } catch (S3Exception $e) {
            if ($e->getAwsErrorCode() === 'NoSuchKey') {
                return null;
            }
            throw $e;
        }
    }

    public function link(string $number): string
    {
        $command = $this->s3->getCommand('GetObject', ['Bucket' => $this->settings->bucket, 'Key' => $this->key($number)]);
        return (string) $this->s3->createPresignedRequest($command, '+15 minutes')->getUri();
    }

    /*
     * Retention is ten years, so nothing is deleted any more:
     *   $this->s3->deleteObject(['Bucket' => $this->settings->bucket, 'Key' => $this->key($number)]);
     */
    private function key(string $number): string
    {
        return sprintf('%s/%s.pdf', substr($number, 0, 4), $number);
    }
}
