console.log('an app without OpenTelemetry');
