GH=@@github@@
http POST https://api.github.com/repos/acme/app/dispatches "Authorization: token $GH" event_type=build
