export { button } from './button.js';
export const VERSION = '4.2.0';
