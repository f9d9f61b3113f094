// Hands a file to the browser's own saving.

/** The name with another ending: "checkout.cpuprofile" becomes "checkout.svg". */
export const savedName = (name: string, ending: string): string => `${name.replace(/(\.pb)?\.[a-z0-9]+(\.gz)?$/i, '') || 'profile'}${ending}`;

export function saveUrl(url: string, name: string): void {
  const link = document.createElement('a');
  [link.href, link.download] = [url, name];
  link.click();
}

/** The address lives until the browser has surely begun. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  saveUrl(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
