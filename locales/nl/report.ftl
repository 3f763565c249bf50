# The report: one question per page, in everyday words. It asks about situations, never for a label.

report-number = Vraag { $n } van { $of }
report-next = Volgende
report-back = Vorige
report-send = Versturen

report-danger-title = Is er nu iemand in gevaar?
report-danger-hint = Denk aan geweld, opgesloten zijn, of weggebracht worden.
report-danger-yes = Ja, er is nu gevaar
report-danger-no = Nee, nu niet
report-danger-unknown = Dat weet ik niet
report-danger-missing = Kies of er nu iemand in gevaar is. U mag ook kiezen voor ‘Dat weet ik niet’.

report-emergency-title = Bel eerst 112
report-emergency-call = Bel 112. De politie of de ambulance kan meteen komen. Wij kunnen dat niet.
report-emergency-cannot = Kunt u niet bellen of praten? Vraag iemand in de buurt om voor u te bellen.
report-emergency-go-on = Daarna kunt u hier nog steeds vertellen wat er gebeurt.
report-emergency-button = Ga door met de vragen

report-story-title = Wat gebeurt er?
report-story-hint = Schrijf in uw eigen woorden en in uw eigen taal. Eén zin is genoeg. Meer mag ook. U hoeft geen namen te noemen.
report-story-missing = Vertel wat er gebeurt. Eén zin is genoeg.

report-about-title = Over wie gaat het?
report-about-me = Over mijzelf
report-about-other = Over iemand anders, of over meer mensen
report-about-place = Over een plek of een bedrijf waar iets niet klopt
report-about-missing = Kies over wie het gaat.

report-age-title = Hoe oud is de persoon om wie het gaat?
report-age-title-me = Hoe oud bent u?
report-age-hint = Voor mensen jonger dan 18 is er andere hulp.
report-age-minor = Jonger dan 18
report-age-adult = 18 of ouder
report-age-mixed = Het gaat om meer mensen, en er is iemand jonger dan 18 bij
report-age-unknown = Dat weet ik niet
report-age-not-said = Dat zeg ik liever niet
report-age-missing = Kies een leeftijd. U mag ook het laatste antwoord kiezen.

report-place-title = In welke gemeente is het?
report-place-hint = Typ de naam van de stad of gemeente. Is het op internet of onderweg? Schrijf dat dan op.
report-place-missing = Typ een plaats, of kies ‘Dat weet ik niet’.
report-place-which = Welke bedoelt u?
report-place-none = Wij kennen deze gemeente niet
report-place-none-hint = Misschien is het een dorp of een wijk. Dat is ook goed. Of verbeter de naam hierboven.
report-place-words = Geen gemeente uit de lijst. Ik bedoel: { $words }
report-place-choose = Kies wat u bedoelt, of typ een andere naam.
report-place-unknown = Dat weet ik niet

report-situations-title = Wat past erbij?
report-situations-hint = Kies alles wat past. Past er niets? Ga dan gewoon verder.
report-situation-little-pay = Te weinig geld krijgen voor het werk, of helemaal geen geld
report-situation-long-hours = Heel veel uren werken, of nooit vrij zijn
report-situation-papers-taken = Iemand anders houdt het paspoort of de papieren
report-situation-debt = Een schuld moeten terugbetalen met werk
report-situation-watched = Niet zelf mogen weggaan, of steeds in de gaten worden gehouden
report-situation-threatened = Bang gemaakt of geslagen worden
report-situation-bad-housing = Moeten slapen op het werk, of met veel mensen in een slechte woning
report-situation-forced-sex = Seks moeten hebben voor geld of voor iemand anders
report-situation-forced-images = Foto’s of filmpjes met seks moeten maken, of daarmee worden bedreigd
report-situation-forced-crime = Moeten stelen, drugs brengen of iets anders doen dat niet mag
report-situation-bank-account = De bankpas of rekening aan een ander moeten geven
report-situation-begging = Moeten bedelen
report-situation-forced-marriage = Moeten trouwen, of getrouwd zijn zonder dat te willen
report-situation-child = Een kind moeten krijgen of afstaan voor een ander
report-situation-organ = Een nier of een ander deel van het lichaam moeten afstaan
report-situation-something-else = Iets anders dat niet goed voelt

report-wish-title = Wat wilt u van ons?
report-wish-hint = U kunt later van gedachten veranderen.
report-wish-help = Ik wil hulp, voor mijzelf of voor de ander
report-wish-contact = Geen hulp, maar u mag mij iets vragen
report-wish-nothing = Niets. Ik wil dit alleen vertellen
report-wish-missing = Kies wat u van ons wilt.

report-reach-title = Hoe kunnen wij u veilig bereiken?
report-reach-mailbox = Alleen hier op deze site, met mijn code
report-reach-mailbox-hint = Dit is het veiligst. Wij sturen u niets.
report-reach-phone = Met een telefoontje
report-reach-text = Met een bericht op mijn telefoon
report-reach-email = Met een e-mail
report-reach-person = Via iemand die ik vertrouw
report-reach-missing = Kies hoe wij u kunnen bereiken.

report-rules-title = Waar moeten wij op letten?
report-rules-lead = Wij houden ons aan wat u hier schrijft. Een bericht van ons zegt nooit waar het over gaat.
report-at-phone = Uw telefoonnummer
report-at-email = Uw e-mailadres
report-at-person = Wie is het, en hoe bereiken wij die persoon?
report-at-missing = Vul in waar wij u kunnen bereiken. Of ga terug en kies een andere manier.
report-when = Wanneer is het veilig?
report-when-hint = Bijvoorbeeld: alleen op maandag tussen 10 en 12 uur.
report-never-call = Bel mij nooit, ook niet terug
report-code-word = Een woord dat wij eerst zeggen
report-code-word-hint = Dan weet u dat wij het zijn.
report-others = Wie kan er nog meer opnemen of meelezen?
report-others-hint = En wat mag die persoon weten?

report-check-title = Klopt alles?
report-check-danger = Nu gevaar
report-check-story = Wat er gebeurt
report-check-about = Over wie
report-check-age = Leeftijd
report-check-place = Waar
report-check-situations = Wat erbij past
report-check-wish = Wat u wilt
report-check-reach = Hoe wij u bereiken
report-check-rules = Waar wij op letten
report-check-code-word = Wij zeggen eerst: { $word }
report-check-nothing = Niets ingevuld
report-check-change = Wijzig
report-check-send-note = Als u op ‘Versturen’ drukt, bewaren wij dit en leest een medewerker het. Tot dat moment is er niets bewaard.
report-not-sent = Uw bericht is nog niet verstuurd
report-not-sent-kept = Uw antwoorden staan nog op deze pagina. Druk straks nog een keer op ‘Versturen’.

receipt-page-title = Verstuurd
receipt-title = Dank u. Wij hebben uw bericht.
receipt-lead = Wij hebben het ontvangen op { $when }.
receipt-code-title = Uw code
receipt-code-use = Met deze code leest u later ons antwoord, bij ‘Mijn berichten’.
receipt-code-once = U ziet de code maar één keer. Wij kunnen hem niet opnieuw geven.
receipt-code-safe = Schrijf hem op een veilige plek. U kunt hem verstoppen als een telefoonnummer.
receipt-code-choice = U mag de code ook weggooien. Uw bericht blijft dan bij ons, maar u kunt niet meer lezen wat wij antwoorden.
receipt-next-title = Wat gebeurt er nu?
receipt-next-read = Een medewerker leest uw bericht.
receipt-next-answer = Hebben wij een vraag of een antwoord? Dan staat dat bij ‘Mijn berichten’.
receipt-next-danger = Wordt het gevaarlijk? Wacht niet op ons. Bel 112.
receipt-leave = Bent u klaar? Verlaat dan deze pagina, zodat niemand de code ziet.
# Foto of bestand
report-files-title = Hebt u een foto, schermafdruk of bestand?
report-files-first = Dat hoeft niet. Hebt u er een? Kies die dan nu, voordat u verstuurt. Met uw code kan het ook later.
report-files-add = Foto of bestand kiezen
report-files-lead = U kiest hier bestanden en verstuurt alles in één keer. Tot dat moment is er niets bewaard.
report-files-send-note = Als u op ‘Versturen’ drukt, bewaren wij uw antwoorden en de bestanden. Hebt u toch geen bestand? Druk dan ook op ‘Versturen’.
report-files-again = Er is niets verstuurd. Uw antwoorden staan nog op deze pagina. De bestanden moet u opnieuw kiezen.
receipt-files-title = Uw bestanden
receipt-files-kept = De namen van de bestanden hebben wij niet bewaard. Uit foto’s en schermafdrukken is gehaald waar, wanneer en waarmee ze zijn gemaakt.
receipt-files-uncleaned = In de andere bestanden kan dat nog wel staan.
