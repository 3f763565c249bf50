# Registraties voor de landelijke cijfers.

registrations-title = Registraties
registrations-one = Registratie { $reference }
registrations-lead = Een registratie of een anonieme telling is één aanmelding. Een aanmelding is geen persoon.
registrations-registered-count = Registraties
registrations-counted-count = Anonieme tellingen
registrations-by-region = Kies een regio
registrations-all-regions = Alle regio's
registrations-empty = Er zijn hier nog geen registraties
registrations-empty-advice = Registraties komen hier vanzelf van opsporingsdiensten en zorgcoördinatoren.
registrations-caption = Registraties, de nieuwste eerst
registrations-month = Maand
registrations-form = Vorm
registrations-reporter = Soort melder
registrations-by = Organisatie
registrations-days = Dagen tot registratie
registrations-sector = Sector
registrations-basis = Grondslag
registrations-basis-duty = Wettelijke plicht: { $article }
registrations-basis-consent = Schriftelijke toestemming
registrations-detected = Eerste signaal
registrations-registered = Geregistreerd
registrations-waiting = Van signaal tot registratie in { $year }
registrations-waiting-lead = De plicht om te registreren is niet altijd nageleefd. Daarom staat hier hoe lang het duurt.
registrations-waiting-caption = Dagen van signaal tot registratie, per organisatie
registrations-number = Aantal
registrations-median = De helft binnen (dagen)
registrations-longest = Langste (dagen)
registrations-late = Na de termijn
registrations-figures = Cijfers voor het programma
registrations-figures-lead = Van de registraties van een jaar maakt u vier tabellen: vorm en geslacht, leeftijd, melder, maand.
registrations-figures-rules = Alleen perioden die voorbij zijn tellen mee. Getallen onder de tien zijn weggelaten, en getallen waarmee die te berekenen zijn.
registrations-year = Jaar
registrations-make = Maak en verstuur de cijfers
registrations-made = De cijfers zijn gemaakt
registrations-sent = Verstuurd naar het programma
registrations-withheld = Niet verstuurd
registrations-cells = { $n ->
    [one] { $n } getal getoond
   *[other] { $n } getallen getoond
}
registrations-period-runs = Van dit jaar is nog geen periode voorbij. Cijfers van een lopende periode veranderen met elke persoon.
