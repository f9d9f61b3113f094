// The mark: stakes of a weir with water over them.
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth={1.8} strokeLinecap="round" aria-hidden="true">
      <path d="M4 3v14M8 3v14M12 3v14M16 3v14" opacity={0.45} /><path d="M1.500 11.500c2-2 3.500-2 5.500 0s3.500 2 5.500 0 3.500-2 6 0" />
    </svg>
  );
}
