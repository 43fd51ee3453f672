'use strict';
(() => {
  const tools = document.getElementById('tools');
  const items = [...document.querySelectorAll('.item')];
  if (!tools || items.length === 0) {
    return;
  }
  const list = items[0].parentNode;
  const search = tools.querySelector('input');
  const shown = document.getElementById('shown');
  const filters = [...tools.querySelectorAll('select[data-filter]')];
  const order = document.getElementById('order');
  const toggle = tools.querySelector('button');
  const texts = new Map(); // of an item, made when somebody searches

  const textOf = (item) => {
    let text = texts.get(item);
    if (text === undefined) {
      text = item.textContent.toLowerCase();
      texts.set(item, text);
    }
    return text;
  };

  for (const filter of filters) {
    const name = filter.dataset.filter;
    const counts = new Map();
    for (const item of items) {
      const value = item.dataset[name] || '';
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    for (const value of [...counts.keys()].sort()) {
      const option = document.createElement('option');
      option.value = 'is ' + value;
      option.textContent = (value || 'untold') + ' (' + counts.get(value) + ')';
      filter.append(option);
    }
    filter.hidden = counts.size < 2;
  }

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const wanted = filters.filter((filter) => filter.value !== '');
    let count = 0;
    for (const item of items) {
      const fits = wanted.every((filter) => 'is ' + (item.dataset[filter.dataset.filter] || '') === filter.value)
        && words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = count + ' of ' + items.length;
  };

  const sort = () => {
    const name = order.value;
    const key = (item) => item.dataset[name] || '';
    const sorted = name === '' ? items : [...items].sort((one, other) => {
      const a = key(one);
      const b = key(other);
      if (a === '' || b === '') { // what is not told comes last
        return (a === '') - (b === '');
      }
      return /^\d+$/.test(a) && /^\d+$/.test(b) ? b - a : a < b ? -1 : a > b ? 1 : 0;
    });
    list.append(...sorted);
  };

  const visible = () => [...list.querySelectorAll('.item:not([hidden])')];

  const toggleAll = () => {
    const now = visible();
    const open = now.some((item) => !item.open);
    now.forEach((item) => { item.open = open; });
  };

  const move = (by) => {
    const now = visible();
    const at = now.indexOf(document.activeElement.closest('.item'));
    const next = now[at < 0 ? 0 : Math.max(0, Math.min(now.length - 1, at + by))];
    if (next) {
      next.querySelector('summary').focus();
    }
  };

  let waiting = 0;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, items.length > 1000 ? 120 : 0);
  });
  filters.forEach((filter) => filter.addEventListener('change', apply));
  order.addEventListener('change', sort);
  toggle.addEventListener('click', toggleAll);
  tools.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.target === search) {
      if (event.key === 'Escape') {
        search.value = '';
        apply();
        search.blur();
      }
      return;
    }
    if (event.target.tagName === 'SELECT') {
      return;
    }
    const act = { '/': () => search.focus(), j: () => move(1), k: () => move(-1), e: toggleAll }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // On paper everything that is shown is open.
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = visible().filter((item) => !item.open);
    closed.forEach((item) => { item.open = true; });
  });
  window.addEventListener('afterprint', () => closed.forEach((item) => { item.open = false; }));

  tools.hidden = false;
  apply();
})();
