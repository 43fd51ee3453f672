module northgrid.example/meter-api

go 1.23
