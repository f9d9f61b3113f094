// Recipes for chat, mail, telephony, payment and shop services.
import { base64Of, base64urlOf } from './checksum.ts';
import type { Recipe } from './recipe.ts';
import { chars, uuid } from './template.ts';
import type { Random } from '../types.ts';

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const discordBot = (random: Random): string => `${base64urlOf(`1${chars(random, 'dig', 17)}`)}.G${chars(random, 'url', 5)}.${chars(random, 'url', 38)}`;
const intercom = (random: Random): string => base64Of(latin1Bytes(`tok:${chars(random, 'hex', 8)}_${chars(random, 'hex', 4)}_${chars(random, 'hex', 4)}_${chars(random, 'hex', 14)}:1:0`));

export const messagingRecipes: readonly Recipe[] = [
  { detector: 'slack-token', secrets: ['xoxb-<dig:12>-<dig:12>-<b62:24>', 'xoxp-<dig:12>-<dig:12>-<dig:12>-<hex:32>', 'xapp-1-A<up:10>-<dig:13>-<hex:64>', 'xoxe.xoxp-1-<b62:146>', 'xoxe-1-<b62:140>', 'xoxs-<dig:12>-<b62:20>'], glued: false, negatives: ['xoxb-token-goes-here', 'a xoxo-hugs-and-kisses', 'xoxb-your-token', 'Qxoxb-<dig:12>-<b62:20>'] },
  { detector: 'slack-webhook', prefix: 'hooks.slack.com/services/', secrets: ['hooks.slack.com/services/T<up:10>/B<up:10>/<b62:24>', 'hooks.slack.com/triggers/T<up:10>/<dig:12>/<hex:32>'], negatives: ['https://hooks.slack.com/services/T000/B000/XXXX', 'https://api.slack.com/messaging/webhooks'], glued: false, lines: ['POST https://§ 200', '{"url":"https://§","code":404}', 'webhook=https://§'] },
  { detector: 'telegram-bot-token', prefix: '', glued: false, secrets: ['<dig:10>:AA<url:33>', '<dig:9>:AA<url:33>'], negatives: ['ratio 12:AA, 7:AB', '<dig:10>:AA<url:20>'] },
  { detector: 'discord-bot-token', prefix: '', secrets: [discordBot] },
  { detector: 'discord-webhook', glued: false, prefix: 'api/webhooks/', secrets: ['api/webhooks/<dig:18>/<url:68>', 'api/v10/webhooks/<dig:19>/<url:68>'], lines: ['POST https://discord.com/§ 204', '{"hook":"https://discordapp.com/§"}'], negatives: ['POST https://discord.com/api/webhooks/123/abc 404', 'GET /api/webhooks/list HTTP/1.1'] },
  { detector: 'teams-webhook', secrets: [`${uuid}@${uuid}/IncomingWebhook/<hex:32>/${uuid}`], lines: ['POST https://shop.webhook.office.com/webhookb2/§ 200', 'url=https://outlook.office.com/webhook/§'] },
  { detector: 'google-chat-webhook', bare: false, secrets: ['key=<url:39>&token=<url:43>'], lines: ['POST https://chat.googleapis.com/v1/spaces/AAAA1/messages?§ 200', '"https://chat.googleapis.com/v1/spaces/AAAAb2/messages?§"'] },
  { detector: 'sendgrid-key', secrets: ['SG.<url:22>.<url:43>'], negatives: ['SG.<url:22>', 'SG.UTF8.LineEnd'] },
  { detector: 'mailgun-key', secrets: ['key-<hex:32>'], negatives: ['key-value pairs', 'monkey-<hex:32>'], more: [{ secrets: ['<hex:32>-<hex:8>-<hex:8>'], lines: ['MAILGUN_API_KEY=§', '"mailgun":"§"'] }] },
  { detector: 'mailchimp-key', prefix: '', secrets: ['<hex:32>-us<dig:1>', '<hex:32>-us1<dig:1>'], negatives: ['bucket-us1', '<hex:30>-us2', '<hex:32>-us-east-1'], more: [{ secrets: ['<url:22>', 'md-<url:22>'], lines: ['MANDRILL_API_KEY=§'] }] },
  { detector: 'twilio-key', secrets: ['SK<hex:32>'], negatives: ['DISK<hex:32>', 'AC<hex:32>'], more: [{ secrets: ['<hex:32>', '<b62:32>'], lines: ['TWILIO_AUTH_TOKEN=§', '"twilioApiKeySecret":"§"'] }] },
  { detector: 'postmark-token', secrets: [uuid], lines: ['X-Postmark-Server-Token: §', 'POSTMARK_API_KEY=§'] },
  { detector: 'resend-key', secrets: ['re_<b62:8>_<b62:24>'], negatives: ['re_compile_pattern', 'pre_<b62:8>_<b62:24>'] },
  { detector: 'brevo-key', secrets: ['xkeysib-<hex:64>-<b62:16>', 'xsmtpsib-<hex:64>-<b62:16>'] },
  { detector: 'intercom-token', prefix: 'dG9rO', secrets: [intercom] },
  { detector: 'stripe-key', secrets: ['sk_live_<b62:24>', 'sk_test_51<b62:97>', 'rk_live_<b62:24>', 'rk_test_51<b62:97>'], negatives: ['task_live_<b62:24>', 'pk_live_<b62:24>', 'disk_test_results_2024_01'] },
  { detector: 'stripe-webhook-secret', secrets: ['whsec_<b62:32>', 'whsec_<b64:32>'] },
  { detector: 'square-token', secrets: ['sq0atp-<url:22>', 'sq0csp-<url:43>', 'EAAA<url:60>'], negatives: ['sq0idp-<url:22>'] },
  { detector: 'braintree-token', secrets: ['access_token$production$<low:16>$<hex:32>', 'access_token$sandbox$<low:16>$<hex:32>'] },
  { detector: 'paypal-secret', secrets: ['E<url:78>1'], lines: ['PAYPAL_CLIENT_SECRET=§', '{"paypal_secret":"§"}'] },
  { detector: 'plaid-token', secrets: [`access-sandbox-${uuid}`, `access-production-${uuid}`], negatives: ['access-production-database', 'access-sandbox-<hex:8>'], more: [{ secrets: ['<hex:30>'], lines: ['PLAID_SECRET=§'] }] },
  { detector: 'shopify-token', secrets: ['shpat_<hex:32>', 'shpca_<hex:32>', 'shppa_<hex:32>', 'shpss_<hex:32>'] },
  { detector: 'shippo-token', secrets: ['shippo_live_<hex:40>', 'shippo_test_<hex:40>'] },
  { detector: 'easypost-key', secrets: ['EZAK<b62:54>', 'EZTK<b62:54>'] },
  { detector: 'duffel-token', secrets: ['duffel_live_<url:43>', 'duffel_test_<url:43>'] },
  { detector: 'flutterwave-key', secrets: ['FLWSECK-<hex:32>-X', 'FLWSECK_TEST-<hex:32>-X'] },
  { detector: 'hubspot-token', secrets: [`pat-na1-${uuid}`, `pat-eu1-${uuid}`], negatives: ['pat-na1-shop', 'pat-eu1-<hex:8>-<hex:4>'] },
  { detector: 'salesforce-token', secrets: ['00D<b62:12>!<b62:96>', '00D<b62:15>!AQ<b62:80>._<b62:12>'] },
  { detector: 'facebook-token', secrets: ['EAA<b62:150>'], negatives: ['EAA<b62:40>', 'iVBORw0KGgoAAAANSUhEUgAA/EAA<b62:120>'] },
];
