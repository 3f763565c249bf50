# Opvang in het land: hoe lang het duurt, waaraan tekort is, wat er te verwachten is, wat zou helpen.

country-title = Opvang in het hele land
country-lead = Deze cijfers zijn voor het werk op deze afdeling. Kleine aantallen staan erin zoals ze zijn. Geef ze daarom niet door: voor buiten is er Cijfers.
country-nights = Wie had geen passende plek?
country-tonight = { $n ->
    [one] Afgelopen nacht had 1 persoon geen passende plek.
   *[other] Afgelopen nacht hadden { $n } personen geen passende plek.
}
country-nights-lead = Geteld om 2 uur 's nachts. Het aantal kan te laag zijn: past er eerst niets, dan wel, en dan weer niets, dan telt alleen de laatste tijd.
country-untold = { $n ->
    [one] Van 1 aanvraag is niet bekend sinds wanneer er niets paste. Die staat in geen enkele nacht.
   *[other] Van { $n } aanvragen is niet bekend sinds wanneer er niets paste. Die staan in geen enkele nacht.
}
country-picture = Staafdiagram van { $back } getelde nachten en { $ahead } nachten die nog komen. De laatste getelde nacht: { $last } personen. Alle getallen staan in de tabellen eronder.
country-counted = geteld
country-expected = verwacht: 8 op de 10 keer in dit vak
country-nights-table = De nachten als tabel
country-nights-past = Personen zonder passende plek, per nacht
country-no-forecast = Nog geen verwachting
country-too-few = Er zijn { $counted } nachten geteld. Voor een verwachting zijn er { $needed } nodig.
country-nobody = Er was nog geen nacht waarin iemand geen plek had. Daar valt niets uit te leren.
country-forecast-lead = De verwachting is een kans en geen zekerheid. In 8 van de 10 nachten ligt het aantal tussen de laagste en de hoogste waarde. De verwachting gaat over aantallen, nooit over een persoon.
country-ahead-table = De verwachting als tabel
country-ahead = Verwacht aantal personen zonder passende plek
country-segments = Verwachting per soort opvang en groep
country-band = { $median } ({ $low }–{ $high })
country-by-kind = Nachten zonder passende plek, naar soort opvang die het eerst is gevraagd
country-by-group = Nachten zonder passende plek, naar groep
country-by-region = Nachten zonder passende plek, naar regio waar de persoon is gevonden
country-col-night = Nacht
country-col-people = Personen
country-col-middle = Midden
country-col-band = Van – tot
country-col-segment = Soort en groep
country-col-week = Over 1 week
country-col-two-weeks = Over 2 weken
country-col-four-weeks = Over 4 weken
country-col-kind = Soort opvang
country-col-group = Groep
country-col-region = Regio
country-col-nights = Nachten × personen
country-no-kind = Geen soort genoemd
country-no-region = Geen regio genoemd
country-group-women = Vrouwen
country-group-men = Mannen
country-group-families = Gezinnen
country-group-minors = Jonger dan 18
country-group-other = Anders
country-times = Hoe lang duurt het?
country-times-lead = Gerekend vanaf de aanvraag. Wie nog wacht, telt mee als "ten minste zo lang". Anders lijkt het wachten korter dan het is.
country-to-offer = Tot een kamer is vastgehouden
country-to-acceptance = Tot opvang en cliënt ja zeggen
country-to-arrival = Tot de aankomst
country-col-what = Wat
country-col-half = De helft binnen
country-col-nine = 9 van de 10 binnen
country-col-happened = Gelukt
country-col-open = Nog niet
country-not-half = Nog niet de helft
country-not-nine = Nog geen 9 van de 10
country-minutes = { $n ->
    [one] 1 minuut
   *[other] { $n } minuten
}
country-hours = { $n } uur
country-days = { $n } dagen
country-refusals = Wat werd geweigerd?
country-expired = { $n ->
    [0] Elke vastgehouden kamer kreeg op tijd een antwoord.
    [one] 1 vastgehouden kamer kreeg niet op tijd een antwoord.
   *[other] { $n } vastgehouden kamers kregen niet op tijd een antwoord.
}
country-no-refusals = Er is nog geen plek geweigerd.
country-col-by-shelter = Door opvang
country-col-by-client = Door cliënt
country-rests = Waarop dit berust
country-made = Gemaakt op
country-since = Eerste aanvraag
country-nobody-yet = Nog geen
country-requests = Aanvragen voor wie nog geen plek had
country-moving-on = Aanvragen voor een volgende plek (alleen bij de weigeringen geteld)
country-placements = Plaatsingen
country-help-title = Wat zou helpen?
country-help-lead = Samen maakt het plan voor iedereen die nu wacht opnieuw: met tien plekken meer van elke soort, en zonder elke regel. Zo ziet u waar plekken ontbreken. Er verandert niets door: geen regel gaat opzij, en de meeste regels beschermen mensen.
country-help-make = Reken het uit
country-help-again = Reken het opnieuw uit
country-help-busy = Samen is aan het rekenen
country-help-begun = De vraag wordt gelezen
country-help-progress = { $made } van { $of } plannen zijn gemaakt
country-help-look = Kijk of het klaar is
country-help-failed = Het uitrekenen is niet gelukt
country-help-failed-lead = Er is niets kwijt. Probeer het opnieuw. Lukt het weer niet? Vraag dan de beheerder om in het logboek van de server te kijken.
country-help-none = Voor iedereen is er een passende plek
country-help-none-lead = Daarom helpt nu geen plek meer en kost geen regel iemand een plek.
country-help-unproven = Van een of meer plannen is niet bewezen dat ze de beste zijn. De aantallen kunnen daardoor een weinig anders zijn.
country-help-more = Tien plekken meer
country-help-more-lead = Elke keer tien plekken erbij in een huis dat lijkt op de andere van zijn soort. Een getal onder nul kan: het plan let eerst op wie het dringendst is, en dan pas op hoeveel.
country-help-room = Soort kamer
country-help-gained = Personen meer met een plek
country-help-picture = In beeld
country-help-about = ongeveer: niet bewezen
country-help-left = Personen nog zonder plek
country-help-rules-title = Wat kosten de regels?
country-help-rules-lead = "Eén regel ervandaan" wil zeggen: er is een kamer waarbij alleen deze regel in de weg staat. "Personen meer met een plek" zegt wat het hele plan zou winnen als de regel voor niemand gold.
country-help-rules-none = Niemand is één regel van een plek vandaan.
country-help-one-away = Personen één regel ervandaan
country-help-no-rule = Niet te zeggen
country-help-requests = Aanvragen die wachten
country-help-rooms = Kamers in de vraag
country-help-rules = Versie van de regels
country-help-idle = { $n ->
    [one] Bij 1 soort scheelt het niets.
   *[other] Bij { $n } soorten scheelt het niets.
}

country-help-by-itself = Deze pagina kijkt elke 4 seconden zelf of het klaar is. U kunt ook weggaan en later terugkomen: de uitkomst blijft staan.
country-help-still = Niet vanzelf vernieuwen
country-help-self = Kijk vanzelf of het klaar is
