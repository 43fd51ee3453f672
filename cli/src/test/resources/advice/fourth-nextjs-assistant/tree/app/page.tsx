'use client';

import { useState } from 'react';

export default function Page() {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState('');

  async function send() {
    setAnswer('');
    const res = await fetch('/api/chat', { method: 'POST', body: JSON.stringify({ text }) });
    const reader = res.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      setAnswer((a) => a + value);
    }
  }

  return (
    <main>
      <textarea value={text} onChange={(e) => setText(e.target.value)} />
      <button onClick={send}>Ask</button>
      <pre>{answer}</pre>
    </main>
  );
}
