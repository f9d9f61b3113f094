// Tokens of chat, mail and telephony services.
import { base62, base64url, digits, literal, wordBytes } from '../../bytes.ts';
import type { ByteSet } from '../../types.ts';
import { base62Dash, base62Slash, base64urlDot, lowerHex } from './alphabets.ts';
import { atLeast, between, exactly, form, named, patterned } from './form.ts';
import { discordId, hasDigit, mixed, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'saas' as const;
const notBase62: ByteSet = (byte) => base62[byte] === 0;
const notWord: ByteSet = (byte) => wordBytes[byte] === 0;
const oneOf = (chars: string): ByteSet => {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => (chars.includes(String.fromCharCode(byte)) ? 1 : 0));
  return (byte) => table[byte] === 1;
};
/** Base64 of three digits: the second character of such four has one of four values, the third one of ten, the fourth one of ten. */
const threeDigits = [oneOf('MNO'), oneOf('DTjz'), oneOf('AEIMQUYcgk'), oneOf('wxyz012345')];
/** A session cookie, percent-encoded. */
const cookie = base64urlDot.map((is, byte) => (byte === 0x25 ? 1 : is));
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

export const messagingDetectors = [
  detector({
    name: 'slack-token', version: 2, family, title: 'Slack token', check: 'shape',
    doc: 'Slack bot, user, app, session, refresh and configuration tokens.', facts: 'xoxb-, xoxp-, xoxa-, xoxo-, xoxr-, xoxs-, xoxc-, xoxd-, xoxe-, xoxe. or xapp-, then groups of letters and digits with dashes, a digit among them.', source: 'https://docs.slack.dev/authentication/tokens',
    tokens: [
      ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxe-', 'xapp-', 'xoxe.'].map((prefix) => form([prefix, atLeast(10, base62Dash)], { anchor: prefix.startsWith('xox') ? 'xox' : 'xapp', judge: hasDigit(5) })),
      form(['xoxd-', atLeast(40, cookie)], { anchor: 'xox', judge: hasDigit(5) }),
    ],
  }),
  detector({
    name: 'slack-webhook', family, title: 'Slack webhook', check: 'shape',
    doc: 'Addresses of Slack incoming webhooks, workflows and triggers: whoever has one can post.', facts: 'hooks.slack.com/services/, workflows/ or triggers/ and 30 or more characters in groups with slashes.', source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    tokens: ['services/', 'workflows/', 'triggers/'].map((path) => form([`hooks.slack.com/${path}`, atLeast(30, base62Slash)], { anchor: 'oks.', offset: 2, judge: hasDigit(16) })),
  }),
  detector({
    name: 'telegram-bot-token', family, title: 'Telegram bot token', check: 'shape',
    doc: 'Tokens of Telegram bots, also in the address of a method.', facts: '8 to 10 digits, :AA and 33 base64url characters.', source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
    tokens: [form([between(8, 10, digits), ':AA', exactly(33, base64url)], { anchor: ':AA', lead: between(8, 10, digits), keep: 0, before: digits, judge: random(0) })],
  }),
  detector({
    name: 'discord-bot-token', family, title: 'Discord bot token', check: 'structure',
    doc: 'Tokens of Discord bots and users.', facts: 'Three base64url parts with dots: the id in digits, 6 characters of time, and 27 to 38 of a signature; mfa. and 84 for users.', source: 'https://discord.com/developers/docs/reference#authentication',
    tokens: [form([between(23, 28, base64url), '.', exactly(6, base64url), '.', between(27, 38, base64url)], { anchor: [...threeDigits, ...threeDigits.slice(0, 1)], keep: 0, judge: discordId })],
  }),
  detector({
    name: 'discord-webhook', family, title: 'Discord webhook', check: 'shape',
    doc: 'Addresses of Discord webhooks: whoever has one can post.', facts: 'discord.com/api/webhooks/, 17 to 20 digits, / and 60 to 80 base64url characters.', source: 'https://discord.com/developers/docs/resources/webhook',
    tokens: ['api/webhooks/', 'api/v10/webhooks/'].map((path) => form([path, between(17, 20, digits), '/', between(60, 80, base64url)], { anchor: '/web', offset: path.indexOf('/web') })),
  }),
  detector({
    name: 'teams-webhook', family, title: 'Microsoft Teams webhook', check: 'shape',
    doc: 'Addresses of Microsoft Teams incoming webhooks.', facts: 'webhook.office.com/webhookb2/ or outlook.office.com/webhook/, two UUIDs with @, /IncomingWebhook/, 32 hex digits, / and a UUID.', source: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    contexts: [patterned(['com/web'], String.raw`[\w.-]{0,48}office\.com/webhook(?:b2)?/(?<value>${uuid}@${uuid}/IncomingWebhook/[0-9a-f]{32}/${uuid}(?:/[\w-]{20,80})?)`, () => 0.97)],
  }),
  detector({
    name: 'google-chat-webhook', family, title: 'Google Chat webhook', check: 'context',
    doc: 'Key and token in the address of a Google Chat webhook.', facts: 'chat.googleapis.com/v1/spaces/, a name, /messages?key=, an API key, &token= and base64url.', source: 'https://developers.google.com/workspace/chat/quickstart/webhooks',
    contexts: [patterned(['chat.goo'], String.raw`[\w.-]{0,24}chat\.googleapis\.com/v1/spaces/[\w-]{4,40}/messages\?(?<value>key=[\w-]{30,50}&(?:amp;)?token=[\w%-]{20,80}={0,2})`, () => 0.97)],
  }),
  detector({
    name: 'sendgrid-key', family, title: 'SendGrid key', check: 'shape',
    doc: 'API keys of Twilio SendGrid.', facts: 'SG., 22 base64url characters, . and 43.', source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
    tokens: [form(['SG.', exactly(22, base64url), '.', exactly(43, base64url)])],
  }),
  detector({
    name: 'mailgun-key', family, title: 'Mailgun key', check: 'shape',
    doc: 'Private API keys of Mailgun, older and newer.', facts: 'key- and 32 hex digits; 32 hex digits, -, 8, - and 8 after a name with mailgun.', source: 'https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth',
    tokens: [form(['key-', exactly(32, lowerHex)], { judge: mixed })],
    contexts: [named(['ilgun'], String.raw`[\w.-]{0,16}mailgun[\w.-]{0,20}`, '[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}', mixed)],
  }),
  detector({
    name: 'mailchimp-key', family, title: 'Mailchimp key', check: 'shape',
    doc: 'API keys of Mailchimp; Mandrill keys by the name before them.', facts: '32 hex digits, -us and the number of the data centre; 22 base64url characters, sometimes after md-, after a name with mandrill and key.', source: 'https://mailchimp.com/developer/marketing/guides/quick-start/',
    tokens: [form([exactly(32, lowerHex), '-us', between(1, 2, digits)], { anchor: '-us', offset: 32, keep: 0, judge: mixed })],
    contexts: [named(['ndril'], String.raw`[\w.-]{0,12}mandrill[\w.-]{0,16}key`, '(?:md-)?[A-Za-z0-9_-]{22}', random(0, 0.96))],
  }),
  detector({
    name: 'twilio-key', family, title: 'Twilio key', check: 'shape',
    doc: 'API key ids of Twilio, and auth tokens and key secrets by the name before them.', facts: 'SK and 32 hex digits; 32 hex digits or base-62 characters after a name with twilio and token or secret.', source: 'https://www.twilio.com/docs/iam/api-keys',
    tokens: [form(['SK', exactly(32, lowerHex)], { anchor: [notBase62, ...literal('SK')], offset: -1, judge: mixed })],
    contexts: [named(['wilio'], String.raw`[\w.-]{0,16}twilio[\w.-]{0,16}(?:token|secret)`, '[A-Za-z0-9]{32}', random(0, 0.96))],
  }),
  detector({
    name: 'postmark-token', family, title: 'Postmark token', check: 'context',
    doc: 'Server and account tokens of Postmark.', facts: 'A UUID after X-Postmark-Server-Token or a name with postmark and token.', source: 'https://postmarkapp.com/developer/api/overview',
    contexts: [named(['stmark'], String.raw`[\w.-]{0,16}postmark[\w.-]{0,16}(?:token|key)`, uuid, mixed)],
  }),
  detector({
    name: 'resend-key', family, title: 'Resend key', check: 'shape',
    doc: 'API keys of Resend.', facts: 're_, 8 base-62 characters, _ and 24.', source: 'https://resend.com/docs/dashboard/api-keys/introduction',
    tokens: [form(['re_', exactly(8, base62), '_', exactly(24, base62)], { anchor: [notWord, ...literal('re_')], offset: -1, before: wordBytes, judge: random(3) })],
  }),
  detector({
    name: 'brevo-key', family, title: 'Brevo key', check: 'shape',
    doc: 'API and SMTP keys of Brevo (Sendinblue).', facts: 'xkeysib- or xsmtpsib-, 64 hex digits, - and 16 base-62 characters.', source: 'https://developers.brevo.com/docs/getting-started',
    tokens: ['xkeysib-', 'xsmtpsib-'].map((prefix) => form([prefix, exactly(64, lowerHex), '-', exactly(16, base62)], { anchor: 'sib-', offset: prefix.length - 4 })),
  }),
  detector({
    name: 'intercom-token', family, title: 'Intercom token', check: 'structure',
    doc: 'Access tokens of Intercom.', facts: 'Base64 of tok:, an id in hex with _ and a version: it begins with dG9rO and has 60 characters.', source: 'https://developers.intercom.com/docs/build-an-integration/learn-more/authentication',
    tokens: [form(['dG9rO', between(50, 60, base62), '='], { keep: 0, judge: random(5, 0.97) })],
  }),
];
