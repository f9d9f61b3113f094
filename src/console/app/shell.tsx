// The frame around every view: top bar, rail, status bar, palette, banners, messages.
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useConnection, useOverview, useSession } from '../api/index.ts';
import { ToastRegion } from '../ui/index.ts';
import { CaptureHost } from './capture-host.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DropFiles } from './drop-files.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { RipCordBanner } from './rip-cord-banner.tsx';
import { RipCordHost } from './rip-cord-host.tsx';
import { RunHost } from './run-host.tsx';
import { SessionEnded } from './session-ended.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useShortcuts } from './shortcuts.ts';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useRuleNews } from './use-rule-news.ts';
import './shell.css';

export function Shell() {
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [sheetOpen, setSheetOpen] = useState(false);
  const ended = useConnection(state => state.status === 'ended');
  useSession();
  useOverview();
  useRuleNews();
  useShortcuts({ onPalette: () => setPaletteOpen(true), onHelp: () => setSheetOpen(true) });
  if (ended) return <SessionEnded />;
  return (
    <div className="shell">
      <a className="skip btn primary" href="#main" onClick={event => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the view</a>
      <TopBar onPalette={() => setPaletteOpen(true)} onHelp={() => setSheetOpen(true)} />
      <Rail />
      <main id="main" className="main" tabIndex={-1}><ConnectionBanner /><RipCordBanner /><Outlet /></main>
      <StatusBar />
      {paletteOpen && <Palette onClose={() => setPaletteOpen(false)} onHelp={() => setSheetOpen(true)} />}
      <ShortcutSheet open={sheetOpen} onOpenChange={setSheetOpen} />
      <CaptureHost />
      <RunHost />
      <RipCordHost />
      <DropFiles />
      <ToastRegion />
    </div>
  );
}
