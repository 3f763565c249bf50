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
registrations-again = Tel deze periode opnieuw
registrations-again-hint = Alleen als er cijfers waren en er veel is veranderd. Een getal verandert pas als het verschil tien of meer is.
registrations-before = Deze cijfers zijn er al
registrations-before-why = Zij zijn gemaakt op { $day } en blijven zo staan. Is er veel veranderd, tel dan opnieuw.
registrations-nothing = Er is niets verstuurd
registrations-releases = Eerder gemaakte cijfers
registrations-releases-lead = Wat eerder is verstuurd, telt mee bij nieuwe cijfers. Zo kan niemand een klein getal uitrekenen door twee keer te vergelijken.
registrations-releases-none = Er zijn nog geen cijfers gemaakt.
registrations-release-period = Periode
registrations-release-day = Gemaakt op
registrations-release-outcome = Uitkomst
registrations-tables = { $n ->
    [one] { $n } tabel verstuurd
   *[other] { $n } tabellen verstuurd
}
registrations-table-form-sex = Vorm en geslacht
registrations-table-age = Leeftijd
registrations-table-reporter = Soort melder
registrations-table-month = Maand
registrations-why-few = Er zijn minder dan tien aanmeldingen. Wacht op de volgende periode: over een langere tijd kan het wel.
registrations-why-change = Naast de cijfers over { $period } zou te zien zijn dat er minder dan tien aanmeldingen bij kwamen of af gingen. Die cijfers blijven staan. Probeer het na de volgende periode, of als er meer is veranderd.
registrations-why-rows = Bij een indicator over { $period } is verteld hoeveel registraties erachter staan. Daarnaast zou uit dit totaal een klein getal te berekenen zijn. Probeer het na de volgende periode.
registrations-why-overlaps = Deze periode valt voor een deel samen met de cijfers over { $period }. Maak cijfers over perioden die op elkaar volgen, of waarvan de ene de andere helemaal bevat.
registrations-why-recoverable = Een klein getal zou uit te rekenen zijn, hoeveel vakken er ook leeg blijven. Het totaal staat in de andere tabellen. Een tabel met minder of grovere groepen kan wel.
