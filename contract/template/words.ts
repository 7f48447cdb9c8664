/** Lists for made-up values; small on purpose: they are for reading, not for statistics. */
export const FIRST_NAMES = (
  'Ada Amara Ben Chloe Dara Elif Farid Grace Hiro Ines Jonas Keiko Liam Mira Noor ' +
  'Olga Pablo Quinn Rosa Sami Tessa Uma Victor Wanda Yusuf Zoe'
).split(' ')

export const LAST_NAMES = (
  'Abara Becker Castro Duarte Eriksen Fischer Garcia Haddad Ito Jensen Kaya Lindqvist Moreau ' +
  'Novak Okafor Petrov Quist Rossi Silva Tanaka Ueda Vargas Weber Yilmaz Zhang'
).split(' ')

export const COMPANIES = (
  'Amberline,Bluefen,Copperleaf,Driftwood,Eastgate,Fernhill,Greyport,Harbour,Inkwell,' +
  'Junipero,Kestrel,Lanternworks,Meadowlark,Northbridge,Oakmere,Pinecrest'
).split(',')

export const COMPANY_ENDINGS = ['Ltd', 'GmbH', 'Inc', 'SA', 'Oy', 'BV']

export const CITIES = (
  'Accra,Auckland,Bogotá,Busan,Cape Town,Dublin,Helsinki,Istanbul,Kraków,Lagos,Lima,Lisbon,' +
  'Lyon,Montréal,Mumbai,Osaka,Porto,Quito,Riga,Seattle,Tallinn,Vienna,Zürich'
).split(',')

/** RFC 2606, section 3: domains that belong to nobody. */
export const MAIL_DOMAINS = ['example.com', 'example.net', 'example.org']

export const WORDS = (
  'amber anchor basin bright calm canyon cedar clear cloud coast copper delta early ember field ' +
  'forest garden gentle glass harbour hollow island keen lantern linen marble meadow mellow ' +
  'morning narrow ocean olive orchard pebble plain quiet rapid river saffron shadow silver ' +
  'slate spring steady stone summer timber valley velvet violet willow winter yellow'
).split(' ')
