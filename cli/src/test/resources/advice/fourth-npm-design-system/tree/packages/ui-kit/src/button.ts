export function button(label: string, onClick: () => void): HTMLButtonElement {
  const b = document.createElement('button');
  b.className = 'acme-button';
  b.textContent = label;
  b.addEventListener('click', onClick);
  return b;
}
