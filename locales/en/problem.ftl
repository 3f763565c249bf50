# What goes wrong: what happened, and what to do. Never about the inside.

problem-home = To the start page

problem-bad-request-title = We cannot read this
problem-bad-request-reason = What your browser sent is not complete or not well formed. Nothing was kept.
problem-bad-request-advice = Go back and try again.
problem-encoding-reason = It holds characters that we cannot read. Nothing was kept.

problem-sign-in-title = You are not signed in
problem-sign-in-reason = This page is only for people who have signed in. You may have been away too long.
problem-sign-in-advice = Sign in and try again.

problem-forbidden-title = You may not see or do this
problem-forbidden-reason = Your role gives no right to this page or this act.
problem-forbidden-advice = Do you need it for your work? Ask the administrator of your organisation.

problem-cross-site-title = This form did not come from our own page
problem-cross-site-reason = Another website tried to send something here, or the page was too old. Nothing was done.
problem-cross-site-advice = Open the page again and fill in the form there.

problem-not-found-title = This page does not exist
problem-not-found-reason = The address is not right, or the page is no longer there.
problem-not-found-advice = Check the address, or begin at the start page.

problem-method-title = This cannot be done in this way
problem-method-reason = The address is right, but you cannot do this with it.
problem-method-advice = Go back and use the buttons on the page.

problem-conflict-title = Somebody else was first
problem-conflict-reason = This has changed in the meantime. Your change was not kept, so that nothing is lost.
problem-conflict-advice = Open the page again, see what has changed and do it once more.

problem-too-large-title = This is too large
problem-too-large-reason = You sent more than we can accept at once. Nothing was kept.
problem-too-large-advice = Make the text or the file smaller and try again.

problem-media-type-title = We do not read this kind of file
problem-media-type-reason = At this address we cannot accept this kind of content. Nothing was kept.
problem-media-type-advice = Use the form on the page, or look in the description of the interface.

problem-unprocessable-title = We cannot accept this
problem-unprocessable-reason = We can read it, but something is not right. Nothing was kept.
problem-unprocessable-advice = Correct what is not right and try again.

problem-too-many-title = Tried too often
problem-too-many-reason = You tried this too often in a short time.
problem-too-many-advice = Wait { $n } seconds and try again.

problem-internal-title = Something went wrong on our side
problem-internal-reason = This is our fault, not yours. We are not sure whether your last action was kept.
problem-internal-advice = Try again in a few minutes. Is there danger now? Call 112.

problem-unavailable-title = It does not work now
problem-unavailable-reason = The site is not working well now. What you sent was not accepted.
problem-unavailable-advice = Try again in a minute. Is there danger now? Call 112.
problem-busy-reason = It is too busy now. What you sent was not accepted.

problem-full-title = We cannot keep anything now
problem-full-reason = There is no space left. What you sent was not accepted.
problem-full-advice = Try again later. Is there danger now? Call 112.
refuse-restricted = Processing of these data is restricted: they are kept and not used. { $detail }
refuse-restricted-advice = Look at “Keep only” on the page of the file. First write down a ground of the law there.
