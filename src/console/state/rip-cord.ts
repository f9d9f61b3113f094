// The rip cord is asked for from many places (top bar, palette, a key); one dialog, drawn by the shell, asks back.
import { create } from 'zustand';

export const useRipCordWish = create<{ readonly wish: 'pull' | 'release' | null }>(() => ({ wish: null }));

export const askForRipCord = (wish: 'pull' | 'release'): void => { useRipCordWish.setState({ wish }); };
export const endRipCordWish = (): void => { useRipCordWish.setState({ wish: null }); };
