<?php

return [
    'anthropic' => [
        'api_key' => '@@anthropic@@',
        'model' => 'claude-sonnet-4-5',
    ],
];
