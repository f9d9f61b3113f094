// Credentials of Amazon Web Services and Google Cloud.
import { base62, base64url } from '../../bytes.ts';
import { base64Padded, lowerHex, upperDigits } from './alphabets.ts';
import { atLeast, between, exactly, form, named, patterned } from './form.ts';
import { awsBase32, awsSecret, decodesTo, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'cloud' as const;

export const awsAndGoogleDetectors = [
  detector({
    name: 'aws-access-key-id', version: 2, family, title: 'AWS access key id', check: 'shape',
    doc: 'AWS access key ids, long-lived (AKIA) and temporary (ASIA), of bearer tokens (ABIA) and of context (ACCA).',
    facts: 'AKIA, ASIA, ABIA or ACCA and 16 characters of base 32 (A to Z, 2 to 7).',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    tokens: ['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((prefix) => form([prefix, exactly(16, upperDigits)], { judge: awsBase32 })),
  }),
  detector({
    name: 'aws-secret-access-key', family, title: 'AWS secret access key', check: 'context',
    doc: 'The secret half of an AWS key pair, by the name or the key id before it.',
    facts: '40 base64 characters after a name such as aws_secret_access_key or SecretAccessKey; 40 hex digits are none.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    contexts: [named(['secret'], String.raw`(?:[\w.-]{0,24}secret[_.-]?access[_.-]?key|[\w.-]{0,24}aws[\w.-]{0,16}secret(?:[_.-]?key)?)`, String.raw`[A-Za-z0-9/+]{40}(?![/+=])`, awsSecret), patterned(['AKIA', 'ASIA'], String.raw`(?<![A-Za-z0-9])A[KS]IA[A-Z2-7][A-Z0-9]{15}[^A-Za-z0-9/+\n][^\n]{0,40}?(?<![A-Za-z0-9/+])(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`, awsSecret, 112)],
  }),
  detector({
    name: 'aws-session-token', family, title: 'AWS session token', check: 'context',
    doc: 'Session tokens of temporary AWS credentials, by the name before them.',
    facts: '100 or more base64 characters after aws_session_token, SessionToken or X-Amz-Security-Token, also percent-encoded.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html',
    contexts: [patterned(['n_token', 'ntoken', 'y-token'], String.raw`(?<![A-Za-z0-9])[\w.-]{0,24}(?:session[_.-]?token|security-token)["'\\]{0,4}\s?[:=]{1,2}\s?["'\\]{0,4}(?<value>(?:[A-Za-z0-9/+]|%2[BbFf]){100,}(?:=|%3[Dd]){0,2})`, random(0, 0.96), 2000)],
  }),
  detector({
    name: 'aws-bedrock-key', family, title: 'Amazon Bedrock API key', check: 'structure',
    doc: 'API keys of Amazon Bedrock, long-lived and short-lived.',
    facts: 'ABSK and base64 of BedrockAPIKey- and a random part; bedrock-api-key- and base64 of a signed address.',
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    tokens: [form(['ABSK', between(100, 300, base64Padded)], { judge: decodesTo(4, /^BedrockAPIKey-/) }), form(['bedrock-api-key-', atLeast(80, base64Padded)], { anchor: 'k-ap', offset: 6, judge: decodesTo(16, /^bedrock\.amazonaws\.com/) })],
  }),
  detector({
    name: 'aws-mws-token', family, title: 'Amazon MWS token', check: 'shape',
    doc: 'Tokens of Amazon Marketplace Web Service and secrets of Login with Amazon.',
    facts: 'amzn.mws. and a UUID; amzn1.oa2-cs.v1. and 64 hex digits.',
    source: 'https://developer-docs.amazon.com/sp-api/docs/authorizing-selling-partner-api-applications',
    tokens: [form(['amzn.mws.', exactly(8, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(12, lowerHex)], { anchor: 'amzn' }), form(['amzn1.oa2-cs.v1.', exactly(64, lowerHex)])],
  }),
  detector({
    name: 'gcp-api-key', family, title: 'Google API key', check: 'shape',
    doc: 'API keys of Google Cloud, Maps, Firebase and Gemini.',
    facts: 'AIza and 35 base64url characters.',
    source: 'https://cloud.google.com/docs/authentication/api-keys',
    tokens: [form(['AIza', exactly(35, base64url)], { judge: random(4) })],
  }),
  detector({
    name: 'gcp-oauth-client-secret', family, title: 'Google OAuth client secret', check: 'shape',
    doc: 'Client secrets of Google OAuth applications.',
    facts: 'GOCSPX- and 28 base64url characters.',
    source: 'https://developers.google.com/identity/protocols/oauth2',
    tokens: [form(['GOCSPX-', exactly(28, base64url)], { judge: random(7) })],
  }),
  detector({
    name: 'gcp-oauth-token', family, title: 'Google OAuth token', check: 'shape',
    doc: 'Access and refresh tokens of Google OAuth.',
    facts: 'ya29. and 30 or more base64url characters or dots; 1//0 and 40 or more for refresh tokens.',
    source: 'https://developers.google.com/identity/protocols/oauth2',
    tokens: [form(['ya29.', atLeast(30, base64url)], { judge: random(5) }), form(['1//0', between(40, 300, base64url)], { judge: random(4, 0.92) })],
  }),
  detector({
    name: 'gcp-service-account-key', family, title: 'Google service account key', check: 'context',
    doc: 'The private key of a Google service account and its id, in the JSON that Google issues.',
    facts: 'In JSON, private_key with an escaped PEM block, and private_key_id with 40 hex digits, also as JSON inside a string.',
    source: 'https://cloud.google.com/iam/docs/keys-create-delete',
    contexts: [
      patterned(['vate_key_'], String.raw`private_key_id\\{0,3}"\s?:\s?\\{0,3}"(?<value>[0-9a-f]{40})\\{0,3}"`, () => 0.95),
      patterned(['vate_key'], String.raw`private_key\\{0,3}"\s?:\s?\\{0,3}"(?<value>-----BEGIN (?:RSA )?PRIVATE KEY-----[A-Za-z0-9+/=\\n\r\s]{64,7900}(?:-----END (?:RSA )?PRIVATE KEY-----)?(?:\\{1,4}n)?)`, () => 0.995, 8192),
    ],
  }),
  detector({
    name: 'firebase-messaging-key', family, title: 'Firebase messaging key', check: 'shape',
    doc: 'Legacy server keys of Firebase Cloud Messaging.',
    facts: 'AAAA, 7 base64url characters, : and 140 base64url characters.',
    source: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
    tokens: [form(['AAAA', exactly(7, base64url), ':APA91b', between(130, 140, base64url)], { anchor: ':APA', offset: 11, keep: 0 })],
  }),
  detector({
    name: 'alibaba-access-key-id', family, title: 'Alibaba Cloud access key id', check: 'shape',
    doc: 'Access key ids of Alibaba Cloud.', facts: 'LTAI and 12 to 22 base-62 characters, 16, 20 or 24 in all.', source: 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair',
    tokens: [form(['LTAI', between(12, 22, base62)])],
  }),
  detector({
    name: 'alibaba-secret-key', family, title: 'Alibaba Cloud secret', check: 'context',
    doc: 'The secret half of an Alibaba Cloud key pair, by the name before it.', facts: '30 base-62 characters after a name with aliyun, alibaba or alicloud and secret.', source: 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair',
    contexts: [named(['aliyu', 'aliba', 'alicl'], String.raw`[\w.-]{0,16}(?:aliyun|alibaba|alicloud)[\w.-]{0,24}secret[\w.-]{0,8}`, '[A-Za-z0-9]{30}', random(0, 0.96))],
  }),
  detector({
    name: 'tencent-secret-id', family, title: 'Tencent Cloud secret id', check: 'shape',
    doc: 'Key ids of Tencent Cloud.', facts: 'AKID and 32 base-62 characters.', source: 'https://www.tencentcloud.com/document/product/598/34228',
    tokens: [form(['AKID', exactly(32, base62)], { judge: random(4) })],
  }),
  detector({
    name: 'yandex-cloud-key', family, title: 'Yandex Cloud key', check: 'shape',
    doc: 'API keys of Yandex Cloud.', facts: 'AQVN and 35 to 38 base64url characters..', source: 'https://yandex.cloud/en/docs/iam/concepts/authorization/api-key',
    tokens: [form(['AQVN', between(35, 38, base64url)])],
  }),
  detector({
    name: 'ibm-cloud-key', family, title: 'IBM Cloud key', check: 'context',
    doc: 'API keys of IBM Cloud, by the name before them.', facts: '44 base64url characters after a name with ibm or bluemix and key.', source: 'https://cloud.ibm.com/docs/account?topic=account-userapikey',
    contexts: [named(['ibm_', 'ibm-', 'ibmc', 'uemix'], String.raw`[\w.-]{0,16}(?:ibm|bluemix)[\w.-]{0,16}key`, '[A-Za-z0-9_-]{44}', random(0, 0.96))],
  }),
];
