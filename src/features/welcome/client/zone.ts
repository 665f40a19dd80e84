// Fills in the browser's own time zone, which is a better guess than the server's when the two are far apart.
const field = document.querySelector<HTMLInputElement>('input[name="zone"]');
const guess = new Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && guess && field.value === field.defaultValue) field.value = guess;

export {};
