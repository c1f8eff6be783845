/** Addresses of one machine or network, as IPv4 and IPv6 have them. */
const inner4 = [
  ...[
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.255.255.254',
  ],
  ...['169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.170', '192.0.2.1'],
  ...['192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.1', '192.168.255.255', '192.175.48.1', '198.18.0.1'],
  ...['198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
];
const inner6 = [
  ...[
    '::',
    '::1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:7f00:1',
  ],
  ...['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::7f00:1', '100::1', '2001::1', '2001:2::1', '2001:10::1'],
  ...['2001:20::1', '2001:db8::1', '2002:7f00:1::', '2002:a00:1::1', '3fff::1', '5f00::1', 'fc00::1', 'fd12:3456::1'],
  ...['fe80::1', 'fe80::dead:beef', 'fec0::1', 'ff02::1', 'ff05::2', '4000::1', '0:0:0:0:0:0:0:1', '0000:0000::0001'],
];

/** 127.0.0.1 in every spelling that a parser of addresses takes. */
const spellings = [
  ...['2130706433', '0x7f000001', '017700000001', '0x7f.0.0.1', '0177.0.0.1', '127.1', '127.0.1', '0x7f.1', '0177.1'],
  ...[
    '127.0.0.0x1',
    '127.0.0.01',
    '0x7F.0X0.0.1',
    '127.0.0.1.',
    '00000177.0.0.1',
    '0x000000007f.0.0.1',
    '127.000.000.001',
  ],
  ...[
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
    '127。0。0。1',
    '127．0．0．1',
    '127｡0｡0｡1',
  ],
  ...['3232235521', '0xc0a80001', '0300.0250.0.1', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '0', '0x0', '00'],
];

const names = [
  ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'localhost.localdomain', 'printer.local', 'metadata'],
  ...[
    'metadata.google.internal',
    'api.internal',
    'db.lan',
    'nas.home',
    'router.home.arpa',
    'intranet',
    'redis',
    'ｌocalhost',
  ],
];

const shapes = [
  ...[
    'http://shop.example/',
    'ftp://shop.example/',
    'file:///etc/passwd',
    'gopher://shop.example:6379/_INFO',
    'javascript:alert(1)',
  ],
  ...[
    'data:text/plain,x',
    'ws://shop.example/',
    'dict://shop.example:11211/',
    'ldap://shop.example/',
    'unix:/run/x.sock',
  ],
  ...[
    'https://user@shop.example/',
    'https://user:word@shop.example/',
    'https://shop.example@127.0.0.1/',
    'https://:@shop.example/',
  ],
  ...[
    'https://shop.example\\@127.0.0.1/',
    'https:\\\\shop.example/',
    'https://127.0.0.1\\.shop.example/',
    '\\\\shop.example\\x',
  ],
  ...[
    'https:shop.example',
    'https:/127.0.0.1/',
    'https:///127.0.0.1/',
    '//shop.example/',
    'shop.example',
    '/hook',
    '',
    ' ',
  ],
  ...[
    ' https://shop.example/',
    'https://shop.example/ ',
    'https://shop.example/a b',
    'https://shop.example/\t',
    'https://sh\top.example/',
  ],
  ...[
    'https://shop.example/\r\nHost: x',
    'https://shop.example/#x',
    'https://shop.example/{{ first_name }}',
    'https://{{ first_name }}/',
  ],
  ...[
    'https://',
    'https://?',
    'https://.',
    'https://[::1',
    'https://[fe80::1%25eth0]/',
    'https://shop.example:99999/',
    'https://1.2.3.4.5/',
  ],
  ...['https://shop.example:22/', 'https://shop.example:25/', 'https://shop.example:80/', 'https://shop.example:6379/'],
  ...[
    'https://shop.example:5432/',
    'https://shop.example:4222/',
    'https://shop.example:11211/',
    'https://shop.example:0/',
  ],
];

const at = (host: string): string => `https://${host}/hook`;

/** None of them may ever be spoken to. */
export const hostileUrls: readonly string[] = [
  ...inner4.map(at),
  ...inner6.map((address) => at(`[${address}]`)),
  ...spellings.map(at),
  ...names.map(at),
  ...shapes,
];

export const innerAddresses: readonly string[] = [...inner4, ...inner6];

/** And these may. */
export const goodUrls: readonly string[] = [
  'https://shop.example/hook',
  'HTTPS://Shop.Example/hook?a=b&c=%20',
  'https://shop.example:8443/hook',
  'https://xn--bcher-kva.example/',
  'https://8.8.8.8/hook',
  'https://172.32.0.1/',
  'https://[2606:4700:4700::1111]/',
];
