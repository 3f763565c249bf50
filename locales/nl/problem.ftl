# What goes wrong: what happened, and what to do. Never about the inside.

problem-home = Naar de startpagina

problem-bad-request-title = Wij kunnen dit niet lezen
problem-bad-request-reason = Wat uw browser stuurde, is niet compleet of niet goed opgebouwd. Er is niets bewaard.
problem-bad-request-advice = Ga terug en probeer het opnieuw.
problem-encoding-reason = Er staan tekens in die wij niet kunnen lezen. Er is niets bewaard.

problem-sign-in-title = U bent niet ingelogd
problem-sign-in-reason = Deze pagina is alleen voor mensen die zijn ingelogd. Misschien bent u te lang weggeweest.
problem-sign-in-advice = Log in en probeer het opnieuw.

problem-forbidden-title = Dit mag u niet zien of doen
problem-forbidden-reason = Uw functie geeft geen recht op deze pagina of deze handeling.
problem-forbidden-advice = Hebt u dit nodig voor uw werk? Vraag het aan de beheerder van uw organisatie.

problem-cross-site-title = Dit formulier kwam niet van onze eigen pagina
problem-cross-site-reason = Een andere website wilde hier iets versturen, of de pagina was te oud. Er is niets gedaan.
problem-cross-site-advice = Open de pagina opnieuw en vul het formulier daar in.

problem-not-found-title = Deze pagina is er niet
problem-not-found-reason = Het adres klopt niet, of de pagina bestaat niet meer.
problem-not-found-advice = Controleer het adres, of begin bij de startpagina.

problem-method-title = Dit kan niet op deze manier
problem-method-reason = Het adres klopt, maar u kunt er dit niet mee doen.
problem-method-advice = Ga terug en gebruik de knoppen op de pagina.

problem-conflict-title = Iemand anders was u voor
problem-conflict-reason = Dit is intussen veranderd. Uw wijziging is niet bewaard, zodat niets verloren gaat.
problem-conflict-advice = Open de pagina opnieuw, kijk wat er veranderd is en doe het nog een keer.

problem-too-large-title = Dit is te groot
problem-too-large-reason = U stuurde meer dan wij in één keer kunnen aannemen. Er is niets bewaard.
problem-too-large-advice = Maak de tekst of het bestand kleiner en probeer het opnieuw.

problem-media-type-title = Dit soort bestand lezen wij niet
problem-media-type-reason = Op dit adres kunnen wij dit soort inhoud niet aannemen. Er is niets bewaard.
problem-media-type-advice = Gebruik het formulier op de pagina, of kijk in de beschrijving van de koppeling.

problem-unprocessable-title = Dit kunnen wij niet aannemen
problem-unprocessable-reason = Wij kunnen het lezen, maar er klopt iets niet. Er is niets bewaard.
problem-unprocessable-advice = Verbeter wat er niet klopt en probeer het opnieuw.

problem-too-many-title = Te vaak geprobeerd
problem-too-many-reason = U hebt dit in korte tijd te vaak geprobeerd.
problem-too-many-advice = Wacht { $n } seconden en probeer het opnieuw.

problem-internal-title = Er ging iets mis bij ons
problem-internal-reason = Dit is onze fout, niet die van u. Wij weten niet zeker of uw laatste handeling is bewaard.
problem-internal-advice = Probeer het over een paar minuten opnieuw. Is er nu gevaar? Bel 112.

problem-unavailable-title = Het lukt nu niet
problem-unavailable-reason = De site werkt nu niet goed. Wat u stuurde, is niet aangenomen.
problem-unavailable-advice = Probeer het over een minuut opnieuw. Is er nu gevaar? Bel 112.
problem-busy-reason = Het is nu te druk. Wat u stuurde, is niet aangenomen.

problem-full-title = Wij kunnen nu niets bewaren
problem-full-reason = Er is geen ruimte meer. Wat u stuurde, is niet aangenomen.
problem-full-advice = Probeer het later opnieuw. Is er nu gevaar? Bel 112.
refuse-restricted = Van deze gegevens is de verwerking beperkt: ze worden bewaard en verder niet gebruikt. { $detail }
refuse-restricted-advice = Kijk op de pagina van het dossier bij “Alleen bewaren”. Schrijf daar eerst een grond uit de wet op.
