package dev.bowline.integration;

class NettyCallbackThreadContractIT extends CallbackThreadContract implements OnNetty {}
