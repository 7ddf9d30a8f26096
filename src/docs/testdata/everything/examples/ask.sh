# @no-run it would need a server
curl https://weather.example.com/alarm/Accra
