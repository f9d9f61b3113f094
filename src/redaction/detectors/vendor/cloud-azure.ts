// Credentials of Microsoft Azure and Entra.
import { base62, base64, literal } from '../../bytes.ts';
import { azureKeySignatures } from './azure-keys.ts';
import { unreserved } from './alphabets.ts';
import { azureIdentifiable } from './checksums.ts';
import { exactly, form, named, patterned, between, type TokenForm } from './form.ts';
import { bytes64, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'cloud' as const;
const signedBytes = base64.map((is, byte) => (byte === 0x2d || byte === 0x5f ? 1 : is));

/** Keys of 32, 33, 39 and 64 bytes: what stands before the signature, and the padding behind the checksum. */
const identifiableSizes: readonly (readonly [number, string])[] = [[33, '='], [34, ''], [42, ''], [76, '==']];

const identifiable = (signature: string): TokenForm[] => identifiableSizes.map(([before, padding]) =>
  form([exactly(before, signedBytes), signature, exactly(6, signedBytes), ...(padding === '' ? [] : [padding])], { anchor: signature, offset: before, keep: 0, before: signedBytes, judge: azureIdentifiable }));

const isVersion = (byte: number): boolean => byte === 0x37 || byte === 0x38;

const versionDigits = Uint8Array.from({ length: 256 }, (_, byte) => (isVersion(byte) ? 1 : 0));

export const azureDetectors = [
  detector({
    name: 'azure-storage-key', family, title: 'Azure Storage key', check: 'structure',
    doc: 'Account keys of Azure Storage and Cosmos DB in connection strings and settings.',
    facts: '86 base64 characters and ==, that is 64 bytes, after AccountKey, a storage or a Cosmos name.',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
    contexts: [named(['ntkey', 'nt_key', 'gekey', 'ge_key', 'osmos'], String.raw`[\w.-]{0,40}(?:account_?key|storage_?key|cosmos[\w.-]{0,16}key)`, '[A-Za-z0-9+/]{86}==', bytes64)],
  }),
  detector({
    name: 'azure-identifiable-key', family, title: 'Azure service key', check: 'checksum',
    doc: 'Keys of Azure services that carry a signature and a checksum: Functions, Search, Storage, Cosmos DB, Service Bus, IoT and others.',
    facts: 'Base64 of 32, 33, 39 or 64 bytes with four characters that name the service, such as AzFu or +ASt, ten before its end; the last four bytes are a seeded Marvin hash of the rest. Newer keys are 84 base-62 characters with JQQJ99 at offset 52.',
    source: 'https://github.com/microsoft/security-utilities',
    tokens: [...azureKeySignatures.flatMap(identifiable), form([exactly(52, base62), 'JQQJ99', exactly(26, base62)], { anchor: 'JQQJ', offset: 52, keep: 0, judge: () => 0.96 })],
  }),
  detector({
    name: 'azure-shared-access-key', family, title: 'Azure shared access key', check: 'context',
    doc: 'SharedAccessKey of Service Bus, Event Hubs, Relay and IoT Hub connection strings.',
    facts: '43 base64 characters and = after SharedAccessKey=.',
    source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
    contexts: [named(['edacc'], String.raw`[\w.-]{0,24}sharedaccesskey`, '[A-Za-z0-9+/]{43}=', () => 0.97)],
  }),
  detector({
    name: 'azure-sas-signature', family, title: 'Azure SAS signature', check: 'context',
    doc: 'The signature of a shared access signature, which makes the address a key.',
    facts: 'sig= and base64 of a SHA-256 HMAC (44 characters), also percent-encoded, in a query that has se, sp, sv or sr.',
    source: 'https://learn.microsoft.com/rest/api/storageservices/create-service-sas',
    contexts: [patterned(['sig='], String.raw`(?<![A-Za-z0-9])sig=(?<value>(?:[A-Za-z0-9/+]|%2[BbFf]){43}(?:=|%3[Dd]))`, random(0, 0.96))],
  }),
  detector({
    name: 'azure-entra-client-secret', family, title: 'Entra client secret', check: 'shape',
    doc: 'Client secrets of applications in Microsoft Entra ID.',
    facts: '3 characters, 7Q~ or 8Q~, and 31 to 34 characters of A-Z, a-z, 0-9, -, _, . and ~.',
    source: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    tokens: [form([exactly(3, unreserved), exactly(1, versionDigits), 'Q~', between(31, 34, unreserved)], { anchor: [isVersion, ...literal('Q~')], offset: 3, keep: 0, before: unreserved, judge: random(0, 0.95) })],
  }),
  detector({
    name: 'azure-subscription-key', family, title: 'Azure API subscription key', check: 'context',
    doc: 'Subscription keys of Azure API Management and of older Cognitive Services, by their header.',
    facts: '32 hex digits after Ocp-Apim-Subscription-Key.',
    source: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    contexts: [named(['n-key'], String.raw`ocp-apim-subscription-key`, '[0-9a-f]{32}', () => 0.97)],
  }),
  detector({
    name: 'azure-function-code', family, title: 'Azure Functions key in an address', check: 'context',
    doc: 'The key of an Azure function in the query of its address.',
    facts: 'code= and 52 to 60 base64 characters in an address under azurewebsites.net.',
    source: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to',
    contexts: [patterned(['ewebs'], String.raw`[\w.-]{0,48}azurewebsites\.net/[^\s"'<>]{0,160}[?&]code=(?<value>(?:[A-Za-z0-9/+_-]|%2[BbFf]){40,60}(?:=|%3[Dd]){0,2})`, random(0, 0.96))],
  }),
];
