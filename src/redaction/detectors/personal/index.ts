// Network addresses, personal data, financial and national numbers, in the order in which people read them.
import type { Detector } from '../../types.ts';
import { accountDetectors } from './accounts.ts';
import { email, ipv4 } from './addresses.ts';
import { bitcoinAddress, ethereumAddress } from './crypto-addresses.ts';
import { americanIds } from './national-americas.ts';
import { asiaPacificIds } from './national-asia-pacific.ts';
import { europeanIds } from './national-europe.ts';
import { northEasternIds } from './national-north-east.ts';
import { ipv6, macAddress } from './network.ts';
import { paymentCard } from './payment-card.ts';
import { peopleDetectors } from './people.ts';
import { usSsn } from './ssn.ts';
import { homeDirectory, userName } from './user-names.ts';

export const personalDetectors: readonly Detector[] = [
  ipv4, ipv6, macAddress,
  email, userName, homeDirectory, ...peopleDetectors,
  paymentCard, ...accountDetectors, bitcoinAddress, ethereumAddress,
  usSsn, ...americanIds, ...europeanIds, ...northEasternIds, ...asiaPacificIds,
];
