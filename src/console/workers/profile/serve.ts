// A ProfileService at one end of a message channel.
import { serveCalls, transferablesOf, type CallEnd, type FromCallWorker, type ToCallWorker } from '../calls/index.ts';
import { ProfileService } from './profile-service.ts';
import type { ProfileCalls, ProfileProgress } from './types.ts';

export function serveProfile(end: CallEnd<FromCallWorker<ProfileProgress>, ToCallWorker>): void {
  const service = new ProfileService();
  serveCalls(end, (name, args, work) => service.answer(name as keyof ProfileCalls, args, work), { who: 'The reader of profiles', roomier: 'Choose a part of the time, or close other tabs.', moved: transferablesOf });
}
