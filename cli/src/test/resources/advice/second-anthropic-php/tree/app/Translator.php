<?php

namespace App;

use Illuminate\Support\Facades\Http;

class Translator
{
    public function translate(string $text, string $language): string
    {
        return Http::withHeaders([
            'x-api-key' => config('services.anthropic.api_key'),
            'anthropic-version' => '2023-06-01',
        ])->post('https://api.anthropic.com/v1/messages', [
            'model' => config('services.anthropic.model'),
            'max_tokens' => 2000,
            'messages' => [
                ['role' => 'user', 'content' => "Translate into {$language}:\n{$text}"],
            ],
        ])->throw()->json('content.0.text');
    }
}
