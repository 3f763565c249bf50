# Naast het register: versies, moties en toezeggingen, updaterondes, dekking en keuzes.

versions-title = Versies van het register
versions-lead = Elk bestand dat is overgenomen, is een versie. Kies een moment om te zien wat er veranderde.
versions-when = Wanneer
versions-file = Bestand
versions-nameless = Zonder naam
versions-added = Nieuwe acties
versions-changed = Gewijzigde acties
versions-refused = Geweigerde regels
versions-empty = Er is nog geen bestand overgenomen
versions-one = Versie van het register
versions-changes = Wat er veranderde
versions-field = Kolom
versions-before = Was
versions-after = Is geworden
versions-new-action = nieuwe actie
pledges-lead = Wat de Tweede Kamer vroeg of kreeg toegezegd, en wat dat afsluit.
pledges-new = Nieuwe motie of toezegging
pledges-new-know = Schrijf het nummer zoals het er staat, en daarnaast zoals u het vond. Allebei blijven staan.
pledges-written-hint = Bijvoorbeeld: Kamerstukken II 2023/24, 28 638, nr. 248.
pledges-difference = Let op: geschreven als nummer { $written }, gevonden als nummer { $found }.
pledges-who = Wie
pledges-who-hint = Het Kamerlid of de bewindspersoon, zoals het in het stuk staat.
pledges-on = Datum
pledges-actions = Acties die erbij horen
pledges-no-action = Er hoort nog geen actie bij
pledges-open = Open
pledges-open-text = Nog niets sluit dit af.
pledges-closed = Afgesloten
pledges-closed-on = Afgesloten op
pledges-why = Waarom het is afgesloten
pledges-why-hint = Bijvoorbeeld: de brief meldt dat het onderzoek is gedaan.
pledges-close = Afsluiten
pledges-close-know = Noem het stuk dat dit afsluit, en waarom.
pledges-reopen = Weer openen
pledges-reopen-know = De afsluiting blijft staan, met uw reden.
pledges-reopened = Eerder afgesloten en weer geopend
pledges-reopened-on = Weer geopend op
pledges-reopened-why = Waarom het weer open is
pledges-edit = Motie of toezegging wijzigen
pledges-empty = Er zijn geen moties of toezeggingen
pledges-not-a-kamerstuk = Schrijf dossier en nummer, zoals 28638-249.
pledges-action-twice = Een actie staat er twee keer.
pledges-no-such-action = Eén van de acties staat niet in het register.
pledges-is-closed = Dit is al afgesloten. Open het eerst weer, met een reden.
pledges-is-open = Dit is open. Er is niets om weer te openen.
pledges-done-made = De motie of toezegging staat in het register.
pledges-done-changed = Gewijzigd.
pledges-done-closed = Afgesloten.
pledges-done-reopened = Weer geopend. De vorige afsluiting staat erbij.
rounds-lead-office = In een ronde vraagt u elke actiehouder hoe het staat. Na de sluitdatum liggen de teksten vast.
rounds-lead-holder = Het programmabureau vraagt hoe uw acties staan. Kies een ronde.
rounds-round = Ronde { $edition }
rounds-edition = Editie
rounds-cutoff = Sluitdatum
rounds-cutoff-hint = Tot en met deze dag telt wat iemand verstuurt.
rounds-missing = Nog niet verstuurd
rounds-waits = Wacht op beoordeling
rounds-accepted = Overgenomen
rounds-asked = Gevraagd
rounds-answered = Beantwoord
rounds-overdue = Te laat: niets verstuurd voor de sluitdatum
rounds-still-to-come = Nog niet verstuurd
rounds-none-here = Geen
rounds-empty = Er is nog geen ronde
rounds-new = Nieuwe ronde
rounds-new-know = Elke actie die nog niet klaar is, wordt gevraagd.
rounds-new-frozen = Na de sluitdatum ligt vast wat is verstuurd. Wie dan nog typt, krijgt de reden en houdt de tekst.
rounds-new-button = Open de ronde
rounds-frozen-since = Gesloten sinds { $moment }.
rounds-sent-on = Verstuurd
rounds-reminded-on = Herinnerd
rounds-state-asked = Gevraagd
rounds-state-sent = Wacht op beoordeling
rounds-state-back = Teruggestuurd
rounds-state-accepted = Overgenomen
rounds-state-left-out = Niet overgenomen
rounds-done-opened = De ronde is open. Maak per actie een link, of laat houders inloggen.
rounds-done-reminded = De herinnering staat bij de houders.
rounds-too-short = De sluitdatum moet ten minste een dag vooruit liggen.
rounds-edition-taken = Deze editie heeft al een ronde.
rounds-frozen-refused = De teksten van deze ronde liggen vast.
rounds-still-open = De ronde loopt nog. Stuur de tekst terug, dan kan de houder hem verbeteren.
rounds-nothing-told = Schrijf wat er is bereikt, of stel een andere status voor.
rounds-accepted-refused = Deze update is al beantwoord.
rounds-not-sent = Hier wacht niets op een antwoord.
rounds-own-text = U schreef deze tekst zelf. Laat een collega hem beoordelen.
updates-title = Update van actie { $number }
updates-until = Schrijven kan tot { $moment }.
updates-frozen = De ronde is gesloten
updates-frozen-text = Wat voor de sluitdatum is verstuurd, telt. Nieuwe tekst bewaart u voor de volgende ronde.
updates-reminded = Het programmabureau wacht op uw tekst. Herinnerd op:
updates-sent-back = Teruggestuurd of niet overgenomen. De reden:
updates-reads = Dit leest de Tweede Kamer
updates-reads-lead = Zo staat de actie in bijlage 1 van de brief, zodra de tekst is overgenomen.
updates-written = Geschreven
updates-write = Schrijf hoe het staat
updates-status-hint = Een andere status is een voorstel.
updates-results-hint = In uw eigen woorden. Noem geen personen.
updates-evidence = Bewijs
updates-evidence-hint = Eén webadres of stuk per regel.
updates-save = Bewaar, nog niet versturen
updates-send = Verstuur
updates-accept = Neem over
updates-back = Stuur terug
updates-back-know = De houder ziet de reden en kan de tekst verbeteren tot de sluitdatum.
updates-back-why = Wat moet er anders?
updates-leave-out = Neem niet over
updates-leave-out-know = De ronde is gesloten. De tekst blijft bij de update staan, met uw reden.
updates-late = Te laat geschreven
updates-late-lead = Deze tekst telt niet mee in deze ronde. Hij is bewaard.
updates-late-frozen = De ronde is gesloten. Deze tekst telt niet mee. Hij is bewaard en staat onderaan deze pagina.
updates-late-accepted = De vorige tekst is al overgenomen. Deze tekst telt niet mee. Hij is bewaard en staat onderaan deze pagina.
updates-conflict = Iemand anders schreef intussen. Uw tekst staat hier nog. Open deze update in een ander venster en vergelijk.
updates-done-saved = Bewaard. Nog niet verstuurd.
updates-done-sent = Verstuurd. Het programmabureau kijkt ernaar.
updates-done-accepted = Overgenomen in het register.
updates-done-back = De houder ziet uw reden.
updates-done-links = De links openen niets meer.
updates-links = Persoonlijke links
updates-links-none = Er is geen link die deze update opent.
updates-links-back = Trek de links in
updates-link = Maak een persoonlijke link
updates-link-know = Met de link schrijft iemand zonder account aan deze ene update.
updates-link-once = De link wordt één keer getoond. Hij werkt tot twee weken na de sluitdatum.
updates-delegate = Laat een collega schrijven
updates-delegate-know = Uw collega krijgt een link naar deze ene update. U blijft actiehouder.
updates-link-whom = Voor wie?
updates-link-whom-hint = Naam of functie. Die staat bij de update.
updates-link-button = Maak de link
updates-link-for = Voor { $whom }, tot { $moment }
updates-link-made = De link is gemaakt
updates-link-made-text = Kopieer hem nu. Hij wordt niet nog eens getoond. Geef hem alleen aan wie moet schrijven.
updates-link-address = Zet het adres van deze website ervoor.
updates-link-done = Ik heb de link
updates-by-link = Update van een actie
updates-by-link-lead = Met deze link schrijft u hoe één actie staat.
updates-by-link-open = Open de update
updates-link-broken = Deze link is niet heel. Kopieer hem opnieuw.
updates-over-name = Uw naam
updates-over-why = Waarom mag de tekst blijven?
updates-over-hint = Bijvoorbeeld: dit is de naam van een wet. Uw naam en reden staan bij de update.
updates-guard = Bekeken op persoonsgegevens
updates-overridden = { $name }: { $why }
guard-name = Hier staat misschien een naam. Haal hem weg, of vul onderaan in waarom de tekst mag blijven.
guard-birth = Hier staat misschien een geboortedatum. Haal hem weg, of vul onderaan in waarom de tekst mag blijven.
guard-email = Hier staat een e-mailadres. Haal het weg, of vul onderaan in waarom de tekst mag blijven.
guard-phone = Hier staat een mobiel nummer. Haal het weg, of vul onderaan in waarom de tekst mag blijven.
guard-bsn = Hier staat iets dat op een burgerservicenummer lijkt. Haal het weg, of vul onderaan in waarom de tekst mag blijven.
guard-plate = Hier staat iets dat op een kenteken lijkt. Haal het weg, of vul onderaan in waarom de tekst mag blijven.
guard-address = Hier staat misschien een adres. Haal het weg, of vul onderaan in waarom de tekst mag blijven.
coverage-lead = Elk vak telt de acties die nu ergens op gericht zijn. Acties die klaar of vervallen zijn, tellen niet mee.
coverage-money-spread = Het budget van een actie is gelijk verdeeld over de vakken waar zij op gericht is. Zo tellen de vakken op. Wat één vak echt kost, weet niemand.
coverage-axes = Indeling van de kaart
coverage-rows = Rijen
coverage-columns = Kolommen
coverage-form = Vorm van uitbuiting
coverage-goal = Strategisch doel
coverage-caption = Acties: { $rows } × { $columns }
coverage-actions = { $n ->
    [0] geen actie
    [one] { $n } actie
   *[other] { $n } acties
}
coverage-planned = { $n ->
    [one] { $n } nog niet gestart
   *[other] { $n } nog niet gestart
}
coverage-nothing = hier is niets op gericht
coverage-legend = Donkerder is meer acties. Een stippellijn: geen lopende actie. De getallen zeggen hetzelfde.
coverage-nowhere = { $n ->
    [one] { $n } actie noemt hier niets en staat dus in geen vak.
   *[other] { $n } acties noemen hier niets en staan dus in geen vak.
}
coverage-gaps = Waar niets op gericht is
coverage-no-gaps = In elk vak is ten minste één actie.
coverage-money = Waar het geld naartoe gaat
coverage-now = Nu gericht
coverage-budget = Begroot
coverage-share = Aandeel
coverage-percent = { $n } %
coverage-money-all = Samen begroot: { $budget }. Besteed tot nu toe: { $spent }.
coverage-effects = Wat een actie moest doen, en wat de indicator deed
coverage-cause = Een indicator beweegt door veel dingen. Dat hij omhoog of omlaag ging, bewijst niet dat de actie dat deed.
coverage-no-measures = Geen actie noemt een indicator met een definitie
coverage-indicator = Indicator
coverage-wanted = Bedoeling
coverage-did = Wat de indicator deed
coverage-says = Wat dat zegt
coverage-count = { $label }: { $n } (door toeval tussen { $low } en { $high })
coverage-no-count = Er zijn geen twee jaren met dezelfde telling en definitie.
coverage-unknown = Nog niets
coverage-by-chance = Toeval kan dit verschil verklaren.
coverage-as-meant = Het ging de bedoelde kant op. Of dat door de actie komt, is hiermee niet bewezen.
coverage-otherwise = Het ging niet de bedoelde kant op. Wat de actie deed, is hiermee niet bewezen.
choice-title = Keuzes vergelijken
choice-no-forecast = Dit is geen voorspelling
choice-no-forecast-text = U ziet waar niets meer op gericht zou zijn. Wat er dan in het land gebeurt, weet niemand.
choice-actions = Acties om te kiezen
choice-stop = Stopt
choice-double = Verdubbelt
choice-stop-action = Actie { $number } stopt
choice-double-action = Actie { $number } verdubbelt
choice-button = Laat zien wat er verandert
choice-lost = Waar niets meer op gericht zou zijn
choice-lost-nothing = Alles waar nu iets op gericht is, houdt ten minste één actie.
choice-freed = Komt vrij
choice-needed = Is extra nodig
choice-payers = Eén actie die dit zou betalen als zij stopt
choice-cost = Dan is nergens meer op gericht
choice-gaps = { $n ->
    [0] geen nieuwe leemte
    [one] { $n } leemte
   *[other] { $n } leemtes
}
rounds-remind = { $n ->
    [one] Herinner de houder van { $n } actie
   *[other] Herinner de houders van { $n } acties
}
pledges-count-open = { $n ->
    [0] Er staat niets open.
    [one] Er staat { $n } open.
   *[other] Er staan er { $n } open.
}
updates-link-over = Deze link opent niets meer
updates-link-copy = Uw tekst is niet bewaard. Kopieer hem en vraag een nieuwe link.
